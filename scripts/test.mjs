import { readFileSync, rmSync } from 'node:fs';
import { ensureBrowser } from './browser.mjs';
import { prepare } from './prepare.mjs';
import { exitWith, run, say, step } from './steps.mjs';

const RESULTS = { unit: 'test-results/unit.json', journeys: 'test-results/journeys.json' };
// What fails is tried once more, as journeys are, and named.
const REPORTERS = ['--reporter=default', '--reporter=./scripts/tell-flaky.mjs', '--reporter=json'];

const bin = (name) => `node_modules/.bin/${name}`;

say('\nSwitchyard tests\n');
let passed = 0;
let failed = 0;
try {
  await prepare();
  let browser = null;
  await step('Finding a browser', async () => {
    browser = await ensureBrowser();
    return browser ?? 'Playwright’s own';
  });
  const failures = [];
  for (const [title, name, args] of [
    ['Format', 'oxfmt', ['--check']],
    ['Lint', 'oxlint', ['--deny-warnings']],
    ['Types', 'tsc', ['--noEmit']],
  ]) {
    await step(title, async () => void (await run(bin(name), args))).catch((error) => {
      say(error.message);
      failures.push(error);
    });
  }

  for (const file of Object.values(RESULTS)) rmSync(file, { force: true });
  // npm puts node_modules/.bin first on PATH, which is where the pinned Node is; `node scripts/test.mjs` alone must find it too.
  const env = {
    PATH: `${process.cwd()}/node_modules/.bin:${process.env.PATH}`,
    ...(browser ? { CHROMIUM_PATH: browser } : {}),
  };
  for (const [name, args] of [
    ['vitest', ['run', '--retry=1', ...REPORTERS, `--outputFile.json=${RESULTS.unit}`]],
    ['playwright', ['test']],
  ]) {
    await run(bin(name), args, { env, show: true }).catch((error) => failures.push(error));
  }
  const unit = JSON.parse(readFileSync(RESULTS.unit, 'utf8'));
  const journeys = JSON.parse(readFileSync(RESULTS.journeys, 'utf8')).stats;
  passed = unit.numPassedTests + journeys.expected + journeys.flaky;
  failed = unit.numFailedTests + journeys.unexpected;
  say(`\n${passed} passed, ${failed} failed`);
  if (failures.length > 0) throw new Error(failures.map(({ message }) => message.split('\n', 1)[0]).join('\n'));
  if (passed === 0) throw new Error('No test ran.');
} catch (error) {
  exitWith(error);
}
