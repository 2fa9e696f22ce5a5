// Takes every page at three widths in both themes from a running Switchyard, and lays each page's three side by side on
// contact sheets, into ./screens (git ignores it).
import { mkdirSync, readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findBrowser } from './browser.mjs';
import { exitWith, say } from './steps.mjs';

const BASE = process.env.PUBLIC_URL ?? 'http://127.0.0.1:3000';
const WIDTHS = [390, 1280, 1920];
const THEMES = ['dark', 'light'];
/** From the last skeleton to the last transition; the page of the design shows skeletons for ever. */
const SETTLE_MS = 1_000;
const LOADING_MS = 30_000;
/** A page of a thousand rows, on a machine with other things to do. */
const SCREENSHOT_MS = 120_000;

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Every page, and the dialogs and drawers that have an address; those of one thing with what is there to be shown. */
async function listPaths() {
  const range = { fromMs: Date.now() - 3_600_000, toMs: Date.now() };
  const [found, checks, circuits, errors, lines, letters] = await Promise.all([
    ask('traces.search', { range, status: 'error' }),
    ask('integrity.list'),
    ask('circuits.list'),
    ask('errors.groups', { range }),
    ask('logs.search', { range }),
    ask('deadLetters.list'),
  ]);
  const [one, other] = (found?.traces ?? []).map(({ traceId }) => traceId);
  const line = lines?.[0];
  const letter = letters?.deadLetters[0];
  const circuit = circuits?.find(({ state }) => state !== 'closed') ?? circuits?.[0];
  const breaker = circuit && encodeURIComponent(`${circuit.reporter}~${circuit.name}`);
  return [
    '/',
    '/?view=table',
    '/health',
    '/health?edit=new',
    '/health?share=links',
    '/services',
    '/services/gateway',
    '/services/payments',
    '/circuits',
    breaker && `/circuits?breaker=${breaker}`,
    breaker && `/circuits/tune?breaker=${breaker}`,
    '/circuits/limits?set=short.quota.40',
    '/gateway',
    '/gateway?route=orders',
    '/traces',
    one && `/traces/${one}`,
    one && `/traces/${one}?tab=flame`,
    one && `/traces/${one}?tab=table`,
    one && `/traces/${one}?tab=logs`,
    other && `/traces/compare?a=${one}&b=${other}`,
    '/map',
    '/map?view=table',
    '/logs',
    line && `/logs?line=${line.id}&from=${Math.floor(line.tMs) - 60_000}&to=${Math.ceil(line.tMs) + 1}`,
    '/metrics',
    `/metrics?q=${encodeURIComponent('sum by (service_name) (rate(http_server_request_duration_seconds_count[1m]))')}`,
    '/errors',
    errors?.groups[0] && `/errors?group=${errors.groups[0].fingerprint}`,
    '/integrity',
    checks?.[0] && `/integrity/${checks[0].name}`,
    '/dead-letters',
    letter && `/dead-letters?letter=${letter.service}~${letter.eventId}`,
    '/alerts',
    '/alerts?state=resolved',
    '/load-tests',
    '/load-tests?show=drills',
    '/sources',
    '/sources?keep=traces',
    '/runbooks',
    '/runbooks/circuit-open',
    '/nowhere',
    (await fetch(`${BASE}/design`)).ok && '/design',
  ].filter(Boolean);
}

/** Nothing when the console cannot tell: its pages are to be seen then, too. */
async function ask(procedure, input = {}) {
  const answer = await fetch(`${BASE}/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`);
  return answer.ok ? (await answer.json()).result.data : undefined;
}

async function takeScreens() {
  mkdirSync('screens/sheets', { recursive: true });
  const paths = process.argv.slice(2).length > 0 ? process.argv.slice(2) : await listPaths();
  const browser = await chromium.launch({ executablePath: findBrowser() ?? undefined, args: ARGS });
  for (const colorScheme of THEMES) {
    for (const width of WIDTHS) {
      const page = await browser.newPage({
        viewport: { width, height: width < 500 ? 844 : 900 },
        hasTouch: width < 500,
        colorScheme,
      });
      await page.addInitScript(() => localStorage.setItem('switchyard.tour', 'seen'));
      for (const path of paths) {
        await page.goto(BASE + path, { waitUntil: 'load', timeout: SCREENSHOT_MS });
        await page
          .waitForFunction(
            () => location.pathname === '/design' || !document.querySelector('main .animate-breathe'),
            undefined,
            { timeout: LOADING_MS },
          )
          .catch(() => say(`  ${path} is still loading`));
        await page.waitForTimeout(SETTLE_MS);
        await page.screenshot({ path: fileOf(path, width, colorScheme), fullPage: true, timeout: SCREENSHOT_MS });
        say(fileOf(path, width, colorScheme));
        // What hangs over the edge is not in the picture.
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (over > 0) say(`  is ${over} px wider than its screen`);
      }
      await page.close();
    }
    for (const path of paths) await laySheet(browser, path, colorScheme);
  }
  await browser.close();
}

async function laySheet(browser, path, colorScheme) {
  const page = await browser.newPage({ viewport: { width: 1_840, height: 400 } });
  const pictures = WIDTHS.map((width) => {
    const bytes = readFileSync(fileOf(path, width, colorScheme)).toString('base64');
    return `<img width="${width / 2}" src="data:image/png;base64,${bytes}">`;
  });
  await page.setContent(
    `<body style="margin:8px;font:14px sans-serif;background:#888"><p>${path}</p><div style="display:flex;gap:8px;align-items:start">${pictures.join('')}</div>`,
  );
  await page.screenshot({ path: `screens/sheets/${nameOf(path)}-${colorScheme}.png`, fullPage: true });
  await page.close();
}

const nameOf = (path) => path.replaceAll(/[^\w-]/g, '_').slice(0, 60);
const fileOf = (path, width, colorScheme) => `screens/${nameOf(path)}-${width}-${colorScheme}.png`;

await takeScreens().catch(exitWith);
