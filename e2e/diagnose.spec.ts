import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

test.describe('with payments failing, from the overview', () => {
  test.beforeEach(async ({ page, operator }) => {
    await operator.breakService('payments', { errorRatio: 1 });
    await page.goto('/');
    await expect(breaker(page)).toBeVisible({ timeout: 60_000 });
  });
  test.afterEach(({ operator }) => operator.heal('payments'));

  test('two clicks to the trace that shows why', async ({ page }) => {
    await breaker(page).click();
    await page
      .getByRole('dialog')
      .getByRole('link', { name: /^Trace [0-9a-f]{8}/ })
      .first()
      .click();
    await expect(page).toHaveURL(/\/traces\/[0-9a-f]{32}/);
    await expect(page.getByText('payments').first()).toBeVisible();
    await expect(page.getByText(/50[0-9]|error|failed/i).first()).toBeVisible();
  });

  test("one click to the breaker's controls", async ({ page }) => {
    await breaker(page).click();
    const sheet = page.getByRole('dialog');
    await expect(sheet.getByRole('region', { name: 'Operate' }).getByRole('button').first()).toBeEnabled();
    await page.keyboard.press('Escape');
    await expect(breaker(page)).toBeFocused();
  });

  test('one click to the runbook', async ({ page }) => {
    const alerts = page.getByRole('region', { name: 'Open alerts' });
    await alerts.getByRole('link', { name: 'Runbook' }).first().click();
    await expect(page).toHaveURL(/\/runbooks\/circuit-open/);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });

  test('the health page says in words what was missed', async ({ page }) => {
    await page.goto('/health');
    await page.getByRole('button', { name: 'New objective' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Service').fill('payments');
    await dialog.getByRole('radio', { name: '7 days' }).check({ force: true });
    await dialog.getByLabel('Target, %').fill('99.9');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('99.9 % of requests answered without an error, over 7 days')).toBeVisible();
    // The minute's rollup has to see the failures first.
    await expect(async () => {
      await page.reload();
      await expect(page.getByText(/payments answered .* of requests without an error over 7 days/)).toBeVisible({
        timeout: 2_000,
      });
    }).toPass({ timeout: 60_000 });
    await page
      .getByRole('listitem')
      .filter({ hasText: 'over 7 days' })
      .getByRole('button', { name: 'Edit the availability objective of payments' })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByText('99.9 % of requests answered without an error, over 7 days')).toBeHidden();
  });
});

function breaker(page: Page) {
  return page
    .getByRole('group', { name: /single-line diagram/i })
    .getByRole('button', { name: /^Breaker, .* to payments, .*breaker open$/ });
}
