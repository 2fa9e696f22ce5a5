import { readFileSync } from 'node:fs';
import { findGrave } from './find-grave.ts';
import { expect, test } from './fixtures.ts';

test.afterEach(async ({ operator }) => operator.heal('payments'));

test('from the line of a failing trace to the logs around it, and back to the span', async ({ page, operator }) => {
  await operator.breakService('payments', { errorRatio: 0.5 });
  await page.goto('/logs?service=payments&level=error');
  const trace = page.getByRole('link', { name: /^Trace [0-9a-f]{8}$/ }).first();
  await expect(trace).toBeVisible({ timeout: 60_000 });
  await trace.click();
  await expect(page).toHaveURL(/\/traces\/[0-9a-f]{32}/);
  const traceId = /traces\/([0-9a-f]{32})/.exec(page.url())![1]!;

  await page.getByRole('tab', { name: /Logs/ }).click();
  // The gateway's line names payments too, in its route.
  const failed = page
    .getByRole('listitem')
    .filter({ hasText: 'error' })
    .filter({ has: page.getByText('payments', { exact: true }) })
    .first();
  await failed.locator('summary').click();
  await failed.getByRole('link', { name: 'Context around this line' }).click();

  await expect(page).toHaveURL(/\/logs\?.*service=payments/);
  const open = page.getByRole('list', { name: 'Lines' }).getByRole('button', { expanded: true });
  await expect(open).toBeVisible();
  await expect(open).toContainText('error');
  await expect(page.getByRole('region', { name: 'Resource' }).getByText('service.name', { exact: true })).toBeVisible();

  await page.getByRole('link', { name: /^Its (span|trace)$/ }).click();
  await expect(page).toHaveURL(new RegExp(`/traces/${traceId}`));
  await page.goBack();
  await expect(open).toBeVisible();
  await page.getByRole('link', { name: 'Lines of the trace' }).click();
  await expect(page).toHaveURL(new RegExp(`trace=${traceId}`));
  await expect(
    page
      .getByRole('list', { name: 'Lines' })
      .getByRole('link', { name: /^Trace/ })
      .first(),
  ).toBeVisible();
});

test('a search narrows by text and field, lies in the address, and is exported', async ({ page }) => {
  await page.goto('/logs');
  const lines = page.getByRole('list', { name: 'Lines' });
  await expect(lines.getByRole('listitem').first()).toBeVisible({ timeout: 60_000 });

  const search = page.getByRole('searchbox', { name: 'Search' });
  await search.fill('GET service=catalog service.name=catalog');
  await search.press('Enter');
  await expect(page).toHaveURL(/q=GET/);
  await expect(page).toHaveURL(/service=catalog/);
  await expect(page.getByRole('combobox', { name: 'Service' })).toHaveValue('catalog');
  await expect(lines.getByRole('listitem').first()).toContainText('catalog');
  await expect(lines.getByRole('listitem').filter({ hasText: 'gateway' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Pause' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /Export/ }).click(),
  ]);
  const rows = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\n');
  const records = rows.map((row) => JSON.parse(row) as { service: string; body: string });
  expect(records.length).toBeGreaterThan(0);
  expect(records.every(({ service, body }) => service === 'catalog' && /get/i.test(body))).toBe(true);

  await page.reload();
  await expect(search).toHaveValue('GET');
  await search.fill('no line says this 4711');
  await search.press('Enter');
  await expect(page.getByText('No line matches')).toBeVisible();
});

test('the tail follows, stands still when paused, and says what came', async ({ page }) => {
  await page.goto('/logs');
  const first = page.getByRole('list', { name: 'Lines' }).getByRole('listitem').first();
  await expect(first).toBeVisible({ timeout: 60_000 });
  const text = await first.innerText();
  await expect(first).not.toHaveText(text);

  await page.getByRole('button', { name: 'Pause' }).click();
  const held = await first.innerText();
  const waiting = page.getByRole('button', { name: /new lines?$/ });
  await expect(waiting).toBeVisible();
  expect(await first.innerText()).toBe(held);
  await waiting.click();
  await expect(waiting).toBeHidden();
  await expect(first).not.toHaveText(held);

  // j opens the way by keys alone.
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'From this line' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('navigation', { name: 'From this line' })).toBeHidden();
});

test('a failure becomes one kind of error, and leads to its trace', async ({ page, operator }) => {
  await operator.breakService('payments', { errorRatio: 0.5 });
  await page.goto('/errors?service=payments');
  const kind = page.getByRole('button', { name: /told to fail/i }).first();
  await expect(kind).toBeVisible({ timeout: 60_000 });
  await kind.click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByText('Newest occurrences')).toBeVisible();
  await sheet
    .getByRole('link', { name: /^Trace [0-9a-f]{8}$/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/traces\/[0-9a-f]{32}/);
});

test('the map shows a service with its neighbours, and the same as a table', async ({ page }) => {
  await page.goto('/map');
  const map = page.getByRole('group', { name: /^Map of who calls whom/ });
  await expect(map.getByRole('link', { name: /^orders, service/ })).toBeVisible({ timeout: 60_000 });
  // What is chosen before the page is awake is lost.
  await expect(async () => {
    await page.getByRole('combobox', { name: 'Focus on' }).selectOption('orders');
    await expect(page).toHaveURL(/service=orders/, { timeout: 2_000 });
  }).toPass();
  await expect(map.getByRole('link', { name: /^payments, service/ })).toBeVisible();
  await expect(map.getByRole('link', { name: /^auth, service/ })).toHaveCount(0);
  await page.getByText('Table', { exact: true }).click();
  await expect(page.getByRole('row', { name: /^payments orders/ }).first()).toBeVisible();
});

test('axe finds nothing serious beside an open line, in both themes', async ({ page }) => {
  await page.goto('/logs');
  const lines = page.getByRole('list', { name: 'Lines' });
  await expect(lines.getByRole('listitem').first()).toBeVisible({ timeout: 60_000 });
  await lines.getByRole('button').nth(1).click();
  await expect(page.getByRole('navigation', { name: 'From this line' })).toBeVisible();
  expect(await findGrave(page)).toEqual([]);
});
