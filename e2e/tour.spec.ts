import { expect, test } from './fixtures.ts';

test.use({ firstVisit: true });

test('a first visitor is shown around once, by keyboard too, and again when they ask', async ({ page }) => {
  await page.goto('/');
  const tour = page.getByRole('dialog');
  await expect(tour).toContainText('Step 1 of 5');
  await expect(tour.getByRole('button', { name: 'Next' })).toBeFocused();
  for (const step of [2, 3, 4, 5]) {
    await page.keyboard.press('Enter');
    await expect(tour).toContainText(`Step ${step} of 5`);
  }
  await tour.getByRole('button', { name: 'Back' }).click();
  await expect(tour).toContainText('Step 4 of 5');
  await page.keyboard.press('Escape');
  await expect(tour).toBeHidden();

  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Control+k');
  // The palette answers, so the page is awake; the tour would be there by now.
  await page.getByRole('option', { name: 'Take the tour' }).click();
  await expect(tour).toContainText('Step 1 of 5');
  await tour.getByRole('button', { name: 'End the tour' }).click();
  await expect(tour).toBeHidden();
});
