import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';

test('a chart tells the query behind it and what that read', async ({ page }) => {
  await page.goto('/services/orders');
  await page.getByRole('button', { name: 'Explain: Requests' }).click();
  const dialog = page.getByRole('dialog', { name: 'What is behind Requests' });
  const statement = dialog.getByRole('list', { name: 'Statements' }).getByRole('region').first();
  await expect(statement).toContainText('SELECT');
  await expect(statement).toContainText(/\d+ rows of \w+ in \d+ parts?/);
  await expect(dialog).toContainText('services.series');
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('a query of the metrics page tells what it took', async ({ page }) => {
  await page.goto(`/metrics?q=${encodeURIComponent('sum(rate(http_server_request_duration_seconds_count[1m]))')}`);
  await page.getByRole('button', { name: 'Explain: query A' }).click();
  const dialog = page.getByRole('dialog', { name: 'What is behind query A' });
  await expect(dialog).toContainText('metrics.range');
  await expect(dialog).toContainText(/Statements\s*\d+/);
});
