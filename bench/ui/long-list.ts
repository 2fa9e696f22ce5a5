import { randomBytes } from 'node:crypto';
import type { Browser } from '@playwright/test';

const SERVICES = 500;
const SHOWN_WITHIN_MS = 120_000;
/** Narrower with each letter, and wide again at once: the dearest of all. */
const KEYS = ['b', 'e', 'n', 'c', 'h', '-', '4', '9', 'Backspace', 'Backspace', 'Control+a', 'Backspace'];

/** Types into the filter of a list of five hundred services; answers from each key to the frame that shows what it found. */
export async function measureLongList(
  browser: Browser,
  { consoleUrl, otlpUrl }: { consoleUrl: string; otlpUrl: string },
): Promise<number[]> {
  await send(otlpUrl);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.addInitScript(() => localStorage.setItem('switchyard.tour', 'seen'));
    const filter = page.getByRole('searchbox', { name: 'Filter services' });
    const known = page.getByText(new RegExp(`^(${SERVICES}|5\\d\\d) services`));
    for (const until = Date.now() + SHOWN_WITHIN_MS; Date.now() < until && (await known.count()) === 0;) {
      await page.goto(`${consoleUrl}/services`, { waitUntil: 'load' });
      await page.waitForTimeout(3_000);
    }
    await known.waitFor({ timeout: 1_000 });
    await filter.click();
    await page.evaluate(watchKeys);
    for (const key of KEYS) {
      await page.keyboard.press(key);
      await page.waitForTimeout(300);
    }
    return await page.evaluate(() => (window as unknown as { keysMs: number[] }).keysMs);
  } finally {
    await page.close();
  }
}

/** Runs in the page. The second frame after a key begins when the first, with what the key changed, is painted. */
function watchKeys(): void {
  const keysMs: number[] = [];
  Object.assign(window, { keysMs });
  document.addEventListener(
    'input',
    (event) => {
      requestAnimationFrame(() => requestAnimationFrame(() => keysMs.push(performance.now() - event.timeStamp)));
    },
    { capture: true },
  );
}

async function send(otlpUrl: string): Promise<void> {
  const startNs = BigInt(Date.now() - 20_000) * 1_000_000n;
  const resourceSpans = Array.from({ length: SERVICES }, (_, index) => ({
    resource: { attributes: [{ key: 'service.name', value: { stringValue: `bench-${index}` } }] },
    scopeSpans: [
      {
        scope: { name: 'bench' },
        spans: [
          {
            traceId: randomBytes(16).toString('hex'),
            spanId: randomBytes(8).toString('hex'),
            name: 'GET /',
            kind: 2,
            startTimeUnixNano: String(startNs),
            endTimeUnixNano: String(startNs + 5_000_000n),
          },
        ],
      },
    ],
  }));
  const response = await fetch(`${otlpUrl}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans }),
  });
  if (!response.ok) throw new Error(`the collector answered ${response.status}: ${await response.text()}`);
}
