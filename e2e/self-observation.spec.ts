import { randomBytes } from 'node:crypto';
import { expect, test } from './fixtures.ts';

test('what Switchyard did itself is found from its costs, and is no part of the fleet', async ({
  page,
  switchyard,
}) => {
  await page.goto('/sources');
  const own = page.getByRole('region', { name: 'What Switchyard itself takes' });
  await own
    .getByRole('row', { name: /switchyard-console/ })
    .getByRole('link', { name: 'Traces' })
    .click();
  await expect(page).toHaveURL(/service=switchyard-console/);
  await expect(page.getByRole('checkbox', { name: /^Compare trace/ }).first()).toBeVisible();

  // As a proxy would ask that stands before the console and has begun a trace.
  const traceId = randomBytes(16).toString('hex');
  const headers = { accept: 'text/html', traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01` };
  const services = await fetch(`${switchyard.consoleUrl}/services`, { headers });
  expect(await services.text()).not.toContain('switchyard-engine');
  const spans = page.getByRole('tree', { name: 'Spans' }).getByRole('treeitem');
  await expect(async () => {
    await page.goto(`/traces/${traceId}`);
    await expect(spans.filter({ hasText: /switchyard-engine.*service-totals/ })).toHaveCount(1, { timeout: 5_000 });
  }).toPass();
});
