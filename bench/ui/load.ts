import type { Browser } from '@playwright/test';

export interface Load {
  /** Scripts that were asked for until the load event, as they came over the wire. */
  scriptKb: number;
  /** Scripts that came after it by themselves. */
  laterKb: number;
  lcpMs: number;
}

/** Long enough for what a page fetches when it is at leisure. */
const LEISURE_MS = 2_500;

/** One visit with an empty cache. */
export async function measureLoad(browser: Browser, url: string): Promise<Load> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.addInitScript(() => {
      // Shown once in a browser; every visit after it is what is measured.
      localStorage.setItem('switchyard.tour', 'seen');
      new PerformanceObserver((list) => {
        Object.assign(window, { lcpMs: list.getEntries().at(-1)?.startTime });
      }).observe({ type: 'largest-contentful-paint', buffered: true });
    });
    await page.goto(url, { waitUntil: 'load' });
    await page.waitForTimeout(LEISURE_MS);
    const measured = await page.evaluate(() => {
      const [navigation] = performance.getEntriesByType('navigation');
      const loadedMs = (navigation as PerformanceNavigationTiming).loadEventStart;
      const scripts = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(({ name }) =>
        new URL(name).pathname.endsWith('.js'),
      );
      let scriptBytes = 0;
      let laterBytes = 0;
      for (const { startTime, encodedBodySize } of scripts) {
        if (startTime < loadedMs) scriptBytes += encodedBodySize;
        else laterBytes += encodedBodySize;
      }
      return {
        scriptBytes,
        laterBytes,
        lcpMs: (window as unknown as { lcpMs: number }).lcpMs,
      };
    });
    return { scriptKb: measured.scriptBytes / 1_000, laterKb: measured.laterBytes / 1_000, lcpMs: measured.lcpMs };
  } finally {
    await page.close();
  }
}
