import { findGrave } from './find-grave.ts';
import { expect, test } from './fixtures.ts';

const PAGES = [
  '/',
  '/?view=table',
  '/health',
  '/health?edit=new',
  '/health?share=links',
  '/shared/health/none',
  '/services',
  '/services/gateway',
  '/map',
  '/circuits',
  '/circuits?breaker=gateway~payments',
  '/circuits/tune?breaker=gateway~payments&set=failureThreshold.3',
  '/circuits/limits?set=short.quota.40',
  '/gateway',
  '/gateway?route=orders',
  '/traces',
  '/logs',
  '/metrics',
  '/errors',
  '/integrity',
  '/dead-letters',
  '/load-tests',
  '/load-tests?show=drills',
  '/alerts',
  '/sources',
  '/sources?keep=traces',
  '/runbooks',
  '/runbooks/circuit-open',
];
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
test('axe finds nothing serious on any page in either theme, none misses a file or a phone’s width', async ({
  page,
  switchyard,
}) => {
  test.setTimeout(600_000);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expect.poll(() => serves(switchyard.consoleUrl), { timeout: 60_000 }).toBe(true);
  const found: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) found.push(`${response.status()} ${response.url()}`);
  });
  for (const path of PAGES) {
    await page.goto(path, { waitUntil: 'load' });
    // A dialog's own heading where the page behind it is hidden from readers.
    await expect(page.getByRole('heading').first()).toBeVisible();
    await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0, { timeout: 60_000 });
    for (const grave of await findGrave(page)) found.push(`${path}: ${grave}`);
    await page.setViewportSize(PHONE);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > PHONE.width) found.push(`${path}: scrolls sideways on a phone, ${wide} px`);
    await page.setViewportSize(DESK);
  }
  expect(found).toEqual([]);
});

/** An empty console would pass too easily. */
async function serves(consoleUrl: string): Promise<boolean> {
  const toMs = Date.now();
  const input = encodeURIComponent(JSON.stringify({ range: { fromMs: toMs - 60_000, toMs } }));
  const response = await fetch(`${consoleUrl}/api/trpc/services.list?input=${input}`);
  const answer = (await response.json()) as { result?: { data: unknown[] } };
  return (answer.result?.data.length ?? 0) >= 7;
}
