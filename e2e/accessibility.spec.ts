import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';

const PAGES = [
  '/',
  '/?view=table',
  '/health',
  '/health?edit=new',
  '/services',
  '/services/gateway',
  '/map',
  '/circuits',
  '/circuits?breaker=gateway~payments',
  '/traces',
  '/logs',
  '/errors',
  '/integrity',
  '/alerts',
  '/sources',
  '/runbooks',
  '/runbooks/circuit-open',
];
/** What keeps somebody out, as axe grades it; its lesser remarks are no reason to stop. */
const GRAVE = ['serious', 'critical'];

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing serious on any page in the ${colorScheme} theme`, async ({ page, switchyard }) => {
    test.setTimeout(300_000);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect.poll(() => serves(switchyard.consoleUrl), { timeout: 60_000 }).toBe(true);
    const found: string[] = [];
    for (const path of PAGES) {
      await page.goto(path, { waitUntil: 'load' });
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
      await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0);
      const { violations, passes } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze();
      expect(passes.length, `${path} was looked at`).toBeGreaterThan(10);
      for (const { id, impact, nodes } of violations) {
        if (GRAVE.includes(impact ?? '')) found.push(`${path}: ${id} (${impact}) ${nodes[0]?.html.slice(0, 200)}`);
      }
    }
    expect(found).toEqual([]);
  });
}

/** An empty console would pass too easily. */
async function serves(consoleUrl: string): Promise<boolean> {
  const toMs = Date.now();
  const input = encodeURIComponent(JSON.stringify({ range: { fromMs: toMs - 60_000, toMs } }));
  const response = await fetch(`${consoleUrl}/api/trpc/services.list?input=${input}`);
  const answer = (await response.json()) as { result?: { data: unknown[] } };
  return (answer.result?.data.length ?? 0) >= 7;
}
