import { expect, test } from './fixtures.ts';

test('an operator saves a view, comes back to it, renames and deletes it', async ({ page }) => {
  await page.goto('/circuits?from=now-15m');
  await page.getByRole('button', { name: 'Saved views' }).click();
  const menu = page.getByRole('dialog', { name: 'Saved views' });
  await expect(menu).toContainText('None yet.');
  await menu.getByRole('button', { name: 'Save this view…' }).click();
  const dialog = page
    .getByRole('dialog', { name: 'Saved views' })
    .filter({ has: page.getByLabel('Name of this view') });
  await expect(dialog.getByText('Nothing is saved yet')).toBeVisible();
  await dialog.getByLabel('Name of this view').fill('Breakers lately');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('status')).toHaveText('Saved as “Breakers lately”.');
  await dialog.getByLabel('Name of this view').fill('Breakers lately');
  await dialog.getByRole('button', { name: 'Save this view' }).click();
  await expect(dialog.getByRole('alert').filter({ hasText: 'already' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  // Another page, and back by the palette: the time is still relative.
  await page.goto('/alerts');
  // The button waits for a page that is not awake yet, a key does not.
  await page.getByRole('button', { name: 'Go to…' }).click();
  await page.getByRole('option', { name: 'Breakers lately' }).click();
  await expect(page).toHaveURL(/\/circuits\?from=now-15m$/);

  await page.keyboard.press('Control+k');
  await page.getByRole('option', { name: 'Rename or delete saved views…' }).click();
  await dialog.getByRole('button', { name: 'Rename Breakers lately' }).click();
  await dialog.getByLabel('New name of Breakers lately').fill('Breakers');
  await dialog.getByRole('button', { name: 'Rename', exact: true }).click();
  await expect(dialog.getByRole('link', { name: 'Breakers', exact: true })).toHaveAttribute(
    'href',
    '/circuits?from=now-15m',
  );
  await dialog.getByRole('button', { name: 'Delete Breakers' }).click();
  await dialog.getByRole('button', { name: 'Delete for all' }).click();
  await expect(dialog.getByText('Nothing is saved yet')).toBeVisible();
});
