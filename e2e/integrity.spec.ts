import { expect, test } from './fixtures.ts';

test('an orphan is planted, its check fails, the page names the row and Slack tells', async ({
  page,
  operator,
  slack,
}) => {
  await page.goto('/integrity/payments-without-order');
  await expect(page.getByRole('button', { name: /run now/i })).toBeEnabled();

  const plantedAtMs = Date.now();
  const id = await operator.plantOrphan('payment-without-order');
  await page.getByRole('button', { name: /run now/i }).click();

  await expect(page.getByText(id).first()).toBeVisible();
  await expect(page.getByText(/violated/i).first()).toBeVisible();
  await slack.waitFor(({ atMs, raw }) => atMs > plantedAtMs && raw.includes('payments-without-order'));

  await page.goto('/integrity');
  await expect(page.getByRole('row', { name: /payments without/i })).toContainText('1');
});
