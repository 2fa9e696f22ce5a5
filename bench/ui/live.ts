import type { Browser } from '@playwright/test';

const PAUSE_MS = 700;
const SEEN_WITHIN_MS = 15_000;

/** Reports a new breaker as a service would, and waits until a page that is open shows it; answers how long each took. */
export async function measureLive(
  browser: Browser,
  { consoleUrl, otlpUrl }: { consoleUrl: string; otlpUrl: string },
  events: number,
): Promise<number[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.goto(`${consoleUrl}/circuits`, { waitUntil: 'load' });
    await page.waitForTimeout(3_000);
    const latencies: number[] = [];
    for (let index = 0; index < events; index += 1) {
      const name = `bench-${index}-${Date.now().toString(36)}`;
      const seen = page.evaluate(
        ([text, withinMs]) =>
          new Promise<number>((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error(`${text} was not shown`)), withinMs);
            const look = () => {
              if (!document.body.textContent.includes(text)) return;
              observer.disconnect();
              clearTimeout(timer);
              requestAnimationFrame(() => resolve(Date.now()));
            };
            const observer = new MutationObserver(look);
            observer.observe(document.body, { subtree: true, childList: true, characterData: true });
          }),
        [name, SEEN_WITHIN_MS] as const,
      );
      const sentAtMs = Date.now();
      await report(otlpUrl, name, sentAtMs);
      latencies.push((await seen) - sentAtMs);
      await page.waitForTimeout(PAUSE_MS);
    }
    return latencies;
  } finally {
    await page.close();
  }
}

async function report(otlpUrl: string, name: string, atMs: number): Promise<void> {
  const record = {
    timeUnixNano: `${atMs}000000`,
    severityNumber: 13,
    eventName: 'switchyard.circuit.transition',
    body: { stringValue: `[${name}] Circuit open` },
    attributes: [
      attribute('circuit_breaker.name', name),
      attribute('circuit_breaker.state', 'open'),
      attribute('circuit_breaker.previous_state', 'closed'),
      attribute('circuit_breaker.reason', '5 of 5 calls failed'),
      attribute('circuit_breaker.failures', 5),
      attribute('circuit_breaker.calls', 5),
      attribute('circuit_breaker.threshold', 5),
    ],
  };
  const resource = { attributes: [attribute('service.name', 'bench'), attribute('service.instance.id', 'bench-1')] };
  const response = await fetch(`${otlpUrl}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords: [record] }] }] }),
  });
  if (!response.ok) throw new Error(`the collector answered ${response.status}: ${await response.text()}`);
}

function attribute(key: string, value: string | number) {
  return { key, value: typeof value === 'number' ? { intValue: value } : { stringValue: value } };
}
