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
