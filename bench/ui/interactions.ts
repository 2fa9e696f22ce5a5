import type { Browser, Page } from '@playwright/test';

/** Browsers do not report faster ones: they count as this. */
const REPORTED_MS_MIN = 16;
const PAUSE_MS = 400;

/** What a hand does: each is one interaction or more; answers how long each took from input to the next paint. */
export async function measureInteractions(browser: Browser, baseUrl: string, rounds: number): Promise<number[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.addInitScript(() => {
      // Shown once in a browser; every visit after it is what is measured.
      localStorage.setItem('switchyard.tour', 'seen');
      const worst = new Map<number, number>();
      Object.assign(window, { interactions: worst });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[]) {
          if (!entry.interactionId) continue;
          worst.set(entry.interactionId, Math.max(worst.get(entry.interactionId) ?? 0, entry.duration));
        }
      }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
    });
    const all: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      for (const [path, acts] of Object.entries(SCRIPT)) {
        await page.goto(baseUrl + path, { waitUntil: 'load' });
        await page.waitForTimeout(2_000);
        for (const act of acts) {
          await act(page);
          await page.waitForTimeout(PAUSE_MS);
        }
        const reported = await page.evaluate(() => [
          ...(window as unknown as { interactions: Map<number, number> }).interactions.values(),
        ]);
        all.push(...reported, ...Array<number>(Math.max(0, acts.length - reported.length)).fill(REPORTED_MS_MIN));
      }
    }
    return all;
  } finally {
    await page.close();
  }
}

type Act = (page: Page) => Promise<unknown>;

const click =
  (role: 'button' | 'radio' | 'columnheader', name: RegExp): Act =>
  (page) =>
    page.getByRole(role, { name }).first().click({ force: true });
const press =
  (key: string): Act =>
  (page) =>
    page.keyboard.press(key);

const SCRIPT: Record<string, Act[]> = {
  '/': [
    click('radio', /^table$/i),
    click('radio', /^diagram$/i),
    press('Control+k'),
    press('p'),
    press('a'),
    press('ArrowDown'),
    press('Escape'),
    press('Shift+?'),
    press('Escape'),
  ],
  '/services': [
    click('button', /^Requests/),
    click('button', /^Errors/),
    click('button', /^p95/),
    click('button', /^Service/),
    click('button', /^Time range/),
    press('Escape'),
    press('j'),
    press('j'),
  ],
  '/health': [click('button', /New objective/), press('x'), press('Tab'), press('Escape')],
};
