import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, step } from './steps.mjs';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BUILD_SOURCES = [
  'app',
  'components',
  'public',
  'server',
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];
const INSTALLED = path.join(ROOT, 'node_modules/.switchyard-installed');
const BUILT = path.join(ROOT, '.next/switchyard-built');

/** The Node that everything but this bootstrap runs on: the one that package-lock.json pins. */
export const NODE = path.join(ROOT, 'node_modules/node/bin/node');

/** Brings a fresh or changed checkout to where it can run; each step is skipped when its inputs are those of the last time. */
export async function prepare() {
  refuseOldNode();
  process.chdir(ROOT);
  const lockfile = digest(['package-lock.json']);
  if (!isStamped(INSTALLED, lockfile) || !existsSync(NODE)) {
    await step('Installing packages (once, a minute or two)', async () => {
      await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
      if (!existsSync(NODE))
        throw new Error(
          `The package "node" brought no binary for ${process.platform}-${process.arch}: ${NODE} is missing. Allow install scripts (npm config ignore-scripts=false) and run again.`,
        );
      writeFileSync(INSTALLED, lockfile);
    });
  }
  await step('Generating the database client', async () => void (await run(NODE, ['scripts/generate.mjs'])));
  const sources = digest(BUILD_SOURCES);
  if (!isStamped(BUILT, sources)) {
    await step('Building the console', async () => {
      await run(NODE, ['node_modules/next/dist/bin/next', 'build'], {
        env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
      });
      writeFileSync(BUILT, sources);
    });
  }
}

function refuseOldNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) throw new Error(`Switchyard needs Node 20 or newer to start; this is ${process.version}.`);
}

function isStamped(file, expected) {
  return existsSync(file) && readFileSync(file, 'utf8') === expected;
}

/** A digest over the contents of files and folders. Of the server the pages bundle schema.ts files only; tests they do not bundle. */
function digest(entries) {
  const hash = createHash('sha256');
  const visit = (entry) => {
    if (!existsSync(entry)) return;
    if (statSync(entry).isDirectory()) {
      for (const name of readdirSync(entry).toSorted()) visit(path.join(entry, name));
      return;
    }
    if (/\.test\.tsx?$/.test(entry) || (entry.startsWith('server/') && !entry.endsWith('/schema.ts'))) return;
    hash.update(entry).update('\0').update(readFileSync(entry)).update('\0');
  };
  for (const entry of entries) visit(entry);
  return hash.digest('hex');
}
