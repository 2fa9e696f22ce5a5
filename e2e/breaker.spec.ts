import { expect, test } from './fixtures.ts';

test('payments break, the breaker opens on the diagram, Slack hears of it, and of the healing', async ({
  page,
  operator,
  slack,
}) => {
  await page.goto('/');
  const diagram = page.getByRole('group', { name: /single-line diagram/i });
  const breaker = (state: string) =>
    diagram.getByRole('button', { name: new RegExp(`^Breaker, .* to payments, .*breaker ${state}$`) });
  await expect(breaker('closed')).toBeVisible({ timeout: 60_000 });

  const brokenAtMs = Date.now();
  await operator.breakService('payments', { errorRatio: 1 });
  await expect(breaker('open')).toBeVisible();

  const firing = await slack.waitFor(
    ({ atMs, raw }) => atMs > brokenAtMs && raw.includes('CircuitOpen') && raw.includes('payments'),
  );
  expect(firing.raw).toContain('/runbooks/circuit-open');
  expect(firing.text).not.toMatch(/resolved/i);

  await page.goto('/alerts');
  await expect(page.getByText('CircuitOpen').first()).toBeVisible();

  const healedAtMs = Date.now();
  await operator.heal('payments');
  await slack.waitFor(
    ({ atMs, raw }) =>
      atMs > healedAtMs && raw.includes('CircuitOpen') && raw.includes('payments') && /resolved/i.test(raw),
  );
  await page.goto('/');
  await expect(breaker('closed')).toBeVisible();
});

test('from the open breaker to the failing trace', async ({ page, operator }) => {
  await operator.breakService('payments', { errorRatio: 1 });
  try {
    await page.goto('/circuits');
    await expect(page.getByText(/open/i).first()).toBeVisible();
    const row = page.getByRole('region', { name: 'Breakers' }).getByRole('button', { name: 'gateway → payments' });
    // Rows change places as breakers move.
    await expect(async () => {
      await row.focus();
      await page.keyboard.press('j');
      await expect(row).not.toBeFocused();
      await page.keyboard.press('k');
      await expect(row).toBeFocused({ timeout: 500 });
    }).toPass();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'gateway to payments' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(row).toBeFocused();
    await page
      .getByRole('link', { name: /^trace [0-9a-f]{8}/i })
      .first()
      .click();
    await expect(page).toHaveURL(/\/traces\/[0-9a-f]{32}/);
    await expect(page.getByText('payments').first()).toBeVisible();
  } finally {
    await operator.heal('payments');
  }
});
