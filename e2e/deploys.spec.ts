import { expect, test } from './fixtures.ts';

test('a deploy that a pipeline reports is a line on the charts, in the list and in what changed', async ({
  page,
  request,
}) => {
  const deploy = { service: 'payments', version: '9.9.1', by: 'e2e', url: 'https://ci.example/9' };
  const answer = await request.post('/api/deploys', { data: deploy });
  expect(answer.status()).toBe(201);
  expect((await request.post('/api/deploys', { data: { service: 'payments' } })).status()).toBe(400);

  await page.goto('/services/payments');
  const listed = page.getByRole('region', { name: 'Deploys' });
  await expect(listed.getByText('9.9.1').first()).toBeVisible({ timeout: 30_000 });
  await expect(listed.getByText('by e2e')).toBeVisible();
  await expect(listed.getByRole('link', { name: 'details' })).toHaveAttribute('href', deploy.url);
  const errors = page.getByRole('region', { name: 'Errors', exact: true });
  await expect(errors.getByRole('group', { name: /Marked: 9\.9\.1 deployed/ })).toBeVisible({ timeout: 30_000 });
  await expect(errors.getByRole('img', { name: /^Breaker of gateway before payments: / })).toBeVisible();

  await page.goto('/');
  const changed = page.getByRole('region', { name: 'What changed in the last hour' });
  await changed.getByRole('link', { name: /payments .*9\.9\.1 deployed/ }).click();
  await expect(page).toHaveURL(/\/services\/payments/);
});

test('one moment under the pointer is shown on every chart of a service', async ({ page }) => {
  await page.goto('/services/gateway');
  const chart = (name: RegExp) => page.getByRole('group', { name });
  const requests = chart(/^Requests of gateway/);
  // Something must have been measured before there is a moment to point at.
  await expect(chart(/^Requests of gateway\. requests: last \d/)).toBeVisible({ timeout: 60_000 });
  await requests.focus();
  await page.keyboard.press('End');
  await expect(requests.getByRole('status')).toBeVisible();
  for (const name of [/^Requests of gateway/, /^Duration of gateway/])
    await expect(chart(name).locator('svg path[stroke-dasharray]')).toHaveCount(1);
});
