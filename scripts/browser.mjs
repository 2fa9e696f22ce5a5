import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { run } from './steps.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** The browser for journeys: CHROMIUM_PATH, or one on PATH; null when there is none. */
export function findBrowser() {
  const candidates = [
    process.env.CHROMIUM_PATH,
    ...(process.env.PATH ?? '').split(path.delimiter).flatMap((dir) => NAMES.map((name) => path.join(dir, name))),
    MAC,
  ];
  return candidates.find((file) => file && isExecutable(file)) ?? null;
}

/** Finds a browser or installs one: Debian's Chromium as root, else Playwright's own. Returns its path, or null for Playwright's. */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  if (process.getuid?.() === 0 && isExecutable('/usr/bin/apt-get')) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-q'], { env });
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-liberation'], { env });
    return findBrowser();
  }
  await run('npx', ['playwright', 'install', 'chromium']);
  return null;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
