import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

test('a load test is started, watched, judged, kept, and held against one that was stopped', async ({ page }) => {
  // Two tests, on a machine that they share with the shop.
  test.setTimeout(240_000);
  await page.goto('/load-tests');
  const form = page.getByRole('region', { name: 'New test' });
  const report = page.getByRole('region', { name: 'Test', exact: true });
  const history = page.getByRole('region', { name: 'History' });
  // Beside the title, not among the figures: one of those is called "Failed" too.
  const outcome = report.locator('header').getByText(/^(Passed|Failed)$/);
  const start = async (shoppers: string, seconds: string) => {
    await form.getByLabel('Shoppers', { exact: true }).fill(shoppers);
    await form.getByLabel('Seconds').fill(seconds);
    await expect(form.getByRole('button', { name: 'Start' })).toBeEnabled();
    const before = shown(page);
    await form.getByRole('button', { name: 'Start' }).click();
    await expect.poll(() => shown(page)).not.toBe(before);
    await expect(report.getByRole('button', { name: 'Stop' })).toBeVisible();
  };

  await start('4', '5');
  await expect(report.getByRole('img', { name: /^Requests a second\. \d+ requests/ })).toBeVisible();
  await expect(outcome).toBeVisible({ timeout: 60_000 });
  await expect(report.getByRole('list', { name: 'Verdict' })).toContainText(/served|×/);
  await expect(report.getByRole('region', { name: 'Routes' })).toContainText('GET /api/products');

  // Whoever looked elsewhere meanwhile is told.
  await page.getByRole('button', { name: /^Notifications: \d+ not read$/ }).click();
  const told = page.getByRole('dialog', { name: 'Notifications' });
  await expect(told.getByRole('link', { name: /Not read: Load test (passed|failed)/ })).toBeVisible();
  await told.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(told.getByRole('link', { name: /Load test/ })).not.toContainText('Not read');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^Notifications/ })).toBeFocused();

  // What was stopped has figures too: enough to be held against.
  await start('5', '60');
  await expect(report.getByRole('img', { name: /^Requests a second\. [1-9]\d* requests/ })).toBeVisible();
  await report.getByRole('button', { name: 'Stop' }).click();
  await expect(report.locator('header').getByText('Stopped')).toBeVisible({ timeout: 60_000 });
  await history.getByRole('button', { name: 'Compare' }).first().click();
  await expect(page).toHaveURL(/with=/);
  await expect(page.getByRole('region', { name: 'Compared' })).toContainText('p95 waited');
});

test('a drill is stopped, and leaves no fault behind', async ({ page, switchyard }) => {
  await page.goto('/load-tests?show=drills');
  const faults = async () => (await fetch(`${switchyard.adminUrl('payments')}/faults`)).json();
  const drill = page.getByRole('region', { name: 'Drill', exact: true });
  await page.getByRole('radio', { name: /^Payments answer with errors/ }).check();
  await page.getByRole('button', { name: 'Start the drill' }).click();
  await expect(drill.getByRole('listitem').filter({ hasText: /^Fault$/ })).toHaveAttribute('aria-current', 'step', {
    timeout: 90_000,
  });
  expect(await faults()).toMatchObject({ errorRatio: 1 });
  await drill.getByRole('button', { name: 'Stop' }).click();
  await expect(drill.getByText('Stopped before its time')).toBeVisible({ timeout: 60_000 });
  expect(await faults()).toMatchObject({ errorRatio: 0 });
});

function shown(page: Page): string | null {
  return new URL(page.url()).searchParams.get('test');
}
