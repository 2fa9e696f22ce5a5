// Takes every page at three widths in both themes from a running Switchyard, into ./screens (git ignores it).
import { mkdirSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findBrowser } from './browser.mjs';
import { exitWith, say } from './steps.mjs';

const BASE = process.env.PUBLIC_URL ?? 'http://127.0.0.1:3000';
const PAGES =
  process.argv.slice(2).length > 0
    ? process.argv.slice(2)
    : [
        '/',
        '/health',
        '/services',
        '/services/gateway',
        '/circuits',
        '/traces',
        '/map',
        '/logs',
        '/metrics',
        '/errors',
        '/integrity',
        '/dead-letters',
        '/alerts',
        '/load-tests',
        '/sources',
        '/runbooks/circuit-open',
      ];
const WIDTHS = [390, 1280, 1920];

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

async function takeScreens() {
  mkdirSync('screens', { recursive: true });
  const browser = await chromium.launch({ executablePath: findBrowser() ?? undefined, args: ARGS });
  for (const colorScheme of ['dark', 'light']) {
    for (const width of WIDTHS) {
      const page = await browser.newPage({ viewport: { width, height: width < 500 ? 844 : 900 }, colorScheme });
      await page.addInitScript(() => localStorage.setItem('switchyard.tour', 'seen'));
      for (const path of PAGES) {
        await page.goto(BASE + path, { waitUntil: 'load' });
        await page.waitForTimeout(2_500);
        const file = `screens/${path.replaceAll('/', '_').slice(0, 60) || '_'}-${width}-${colorScheme}.png`;
        await page.screenshot({ path: file, fullPage: true });
        say(file);
      }
      await page.close();
    }
  }
  await browser.close();
}

await takeScreens().catch(exitWith);
