import { findGrave } from './find-grave.ts';
import { expect, test } from './fixtures.ts';

test('from nothing to a graph and a table, which the address holds', async ({ page, switchyard }) => {
  // The name belongs to the exposition too: programs still get it.
  const exposition = await fetch(`${switchyard.consoleUrl}/metrics`);
  expect(await exposition.text()).toContain('# TYPE');

  await page.goto('/metrics');
  await expect(page.getByRole('heading', { name: 'Metrics' })).toBeVisible();
  await page.getByRole('button', { name: /^How many requests/ }).click();
  const first = page.getByRole('region', { name: 'Query A' });
  const legend = first.getByRole('list', { name: 'Series' });
  const gateway = legend.getByRole('button', { name: /gateway/ });
  await expect(gateway).toBeVisible({ timeout: 60_000 });
  await expect(page).toHaveURL(/q=sum/);

  await gateway.click();
  await expect(gateway).toHaveAttribute('aria-pressed', 'false');
  await expect(page).toHaveURL(/hide=/);
  await page.reload();
  await expect(gateway).toHaveAttribute('aria-pressed', 'false');

  await first.getByRole('tab', { name: 'Table' }).click();
  await expect(first.getByRole('row').filter({ hasText: 'job="gateway"' })).toContainText(/\d/);
  await expect(page).toHaveURL(/show=table/);
});

test('a metric that was found becomes a query, a rule, and is put aside', async ({ page }) => {
  await page.goto('/metrics?q=up&show=table');
  await expect(page.getByRole('row').filter({ hasText: 'job="gateway"' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Browse metrics' }).click();
  await page.getByRole('searchbox', { name: 'Search metrics' }).fill('circuit_breaker_state');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^circuit_breaker_state gauge/ })
    .click();
  const second = page.getByRole('region', { name: 'Query B' });
  await expect(second.getByRole('list', { name: 'Series' }).getByRole('button').first()).toBeVisible();

  await second.getByRole('button', { name: 'Make a rule of query B' }).click();
  await expect(page.getByLabel('Rule', { exact: true })).toContainText('(circuit_breaker_state) > 0');
  await page.keyboard.press('Escape');

  await second.getByRole('button', { name: 'Disable query B' }).click();
  await expect(second.getByText('Disabled')).toBeVisible();
  await second.getByRole('button', { name: 'Remove query B' }).click();
  await expect(second).toBeHidden();
  await page.goBack();
  await expect(second.getByText('Disabled')).toBeVisible();
});

test('the editor completes, runs by its key, and shows where a query is wrong', async ({ page }) => {
  await page.goto('/metrics');
  const editor = page.getByRole('textbox', { name: 'Query A' });
  await editor.click();
  await page.keyboard.type('circuit_breaker_st');
  const suggestion = page.getByRole('option', { name: /circuit_breaker_state/ });
  await expect(suggestion).toBeVisible({ timeout: 60_000 });
  await suggestion.click();
  await expect(editor).toHaveText('circuit_breaker_state');
  await page.keyboard.press('Control+Enter');
  const panel = page.getByRole('region', { name: 'Query A' });
  await expect(panel.getByRole('list', { name: 'Series' }).getByRole('button').first()).toBeVisible();

  await editor.fill('rate(circuit_breaker_state)');
  await page.keyboard.press('Control+Enter');
  const alert = panel.getByRole('alert');
  await expect(alert).toContainText('1:6: parse error: expected type range vector in call to function "rate"');
  await expect(alert.locator('mark')).toHaveText('circuit_breaker_state');
});

test('dragging across one graph zooms all of them', async ({ page }) => {
  await page.goto('/metrics?q=up&q=sum(up)');
  const charts = page.locator('[aria-roledescription="chart"]');
  await expect(charts).toHaveCount(2, { timeout: 60_000 });
  const box = (await charts.first().boundingBox())!;
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.6, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.9, y, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=\d{13}&to=\d{13}/);
});

test('axe finds nothing serious beside a graph and an error, in both themes', async ({ page }) => {
  await page.goto('/metrics?q=up&q=rate(up)');
  await expect(page.getByRole('list', { name: 'Series' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('alert').filter({ hasText: 'parse error' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Query A' })).toBeVisible();
  expect(await findGrave(page)).toEqual([]);
});
