import { randomBytes } from 'node:crypto';
import type { Browser } from '@playwright/test';
import { formatInteger } from '#components/format/number.ts';

const SPANS = 10_000;
const SERVICES = ['gateway', 'orders', 'payments', 'inventory', 'shipping', 'catalog'];
const SCROLL_MS = 3_000;
const SHOWN_WITHIN_MS = 60_000;

export interface LargeTrace {
  /** From the click to all spans in the tree. */
  openMs: number;
  /** Between two frames while the tree is scrolled from end to end. */
  framesMs: number[];
  rowsMax: number;
}

/** Opens a trace of ten thousand spans and scrolls through it. */
export async function measureLargeTrace(
  browser: Browser,
  { consoleUrl, otlpUrl }: { consoleUrl: string; otlpUrl: string },
): Promise<LargeTrace> {
  const traceId = await send(otlpUrl);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    const path = `${consoleUrl}/traces/${traceId}`;
    const all = page.getByRole('tab', { name: `Spans ${formatInteger(SPANS)}` });
    // Once before, so that the spans are in the store and the page is awake.
    for (let at = Date.now(); Date.now() - at < SHOWN_WITHIN_MS;) {
      await page.goto(path, { waitUntil: 'load' });
      if (
        await all.waitFor({ timeout: 5_000 }).then(
          () => true,
          () => false,
        )
      )
        break;
    }
    const startedMs = performance.now();
    await page.goto(path, { waitUntil: 'commit' });
    await all.waitFor({ timeout: SHOWN_WITHIN_MS });
    await page.getByRole('treeitem').first().waitFor();
    const openMs = performance.now() - startedMs;
    return { openMs, ...(await page.getByRole('tree', { name: 'Spans' }).evaluate(scrollThrough, SCROLL_MS)) };
  } finally {
    await page.close();
  }
}

/** Runs in the page. */
function scrollThrough(tree: Element, lastsMs: number): Promise<{ framesMs: number[]; rowsMax: number }> {
  return new Promise((resolve) => {
    const framesMs: number[] = [];
    let rowsMax = 0;
    const startedMs = performance.now();
    let beforeMs = startedMs;
    const step = (nowMs: number) => {
      framesMs.push(nowMs - beforeMs);
      beforeMs = nowMs;
      rowsMax = Math.max(rowsMax, tree.querySelectorAll('[role=treeitem]').length);
      const share = (nowMs - startedMs) / lastsMs;
      tree.scrollTop = share * (tree.scrollHeight - tree.clientHeight);
      if (share < 1) requestAnimationFrame(step);
      else resolve({ framesMs: framesMs.slice(1), rowsMax });
    };
    requestAnimationFrame(step);
  });
}

async function send(otlpUrl: string): Promise<string> {
  const traceId = randomBytes(16).toString('hex');
  const ids = Array.from({ length: SPANS }, () => randomBytes(8).toString('hex'));
  const startNs = BigInt(Date.now() - 60_000) * 1_000_000n;
  const resourceSpans = SERVICES.map((service, place) => ({
    resource: { attributes: [attribute('service.name', service), attribute('service.version', '1.0.0')] },
    scopeSpans: [
      {
        scope: { name: 'bench' },
        spans: ids.flatMap((spanId, index) => {
          if (index % SERVICES.length !== place) return [];
          const fromNs = startNs + BigInt(index) * 2_000_000n;
          const parent = index % 10 === 0 ? 0 : index - (index % 10);
          return {
            traceId,
            spanId,
            ...(index > 0 && { parentSpanId: ids[parent] }),
            name: index % 10 === 0 ? 'POST /batch/item' : `SELECT items_${index % 12}`,
            kind: index % 10 === 0 ? 2 : 3,
            startTimeUnixNano: String(fromNs),
            endTimeUnixNano: String(fromNs + (index === 0 ? 25_000_000_000n : 3_000_000n)),
            attributes: [
              attribute('http.route', '/batch/item'),
              attribute('db.query.text', 'SELECT id, sku FROM orders.items WHERE order_id = $1'),
              attribute('item.id', String(index)),
            ],
          };
        }),
      },
    ],
  }));
  const response = await fetch(`${otlpUrl}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans }),
  });
  if (!response.ok) throw new Error(`the collector answered ${response.status}: ${await response.text()}`);
  return traceId;
}

function attribute(key: string, stringValue: string) {
  return { key, value: { stringValue } };
}
