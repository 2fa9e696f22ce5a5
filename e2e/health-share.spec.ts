import { expect, test } from './fixtures.ts';

test('an operator shares the health page: its reader sees that and nothing else, until it is revoked', async ({
  page,
  browser,
}) => {
  await page.goto('/health');
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share the health page' });
  await dialog.getByLabel('For whom (optional)').fill('Board');
  await dialog.getByRole('radio', { name: '1 h' }).check({ force: true });
  await dialog.getByRole('button', { name: 'Make a link' }).click();
  const link = await dialog.getByLabel('The new link').inputValue();
  await expect(dialog.getByRole('listitem')).toContainText(/Board\s*Open/);

  const reader = await (await browser.newContext()).newPage();
  const asked: string[] = [];
  reader.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await reader.goto(link);
  await expect(reader.getByRole('heading', { name: 'Health' })).toBeVisible();
  await expect(reader.getByRole('region', { name: 'Objectives' }).getByRole('listitem').first()).toBeVisible();
  for (const role of ['navigation', 'button'] as const) await expect(reader.getByRole(role)).toHaveCount(0);
  // Days lead to incidents further down the page, and nothing leads away from it.
  await expect(reader.locator('a:not([href^="#incident-"])')).toHaveCount(0);
  await expect(reader.getByRole('region', { name: 'Incidents' })).toBeVisible();
  // Whole as it came: a proxy that publishes shared pages has no API to publish.
  expect(
    asked.filter(
      (path) => !/^\/(?:shared\/|_next\/static\/|theme\.js|early-clicks\.js|icon\.svg|favicon\.ico)/.test(path),
    ),
  ).toEqual([]);

  await dialog.getByRole('button', { name: 'Revoke the link: Board' }).click();
  await expect(dialog.getByRole('listitem')).toContainText(/Board\s*Revoked/);
  await reader.reload();
  await expect(reader.getByRole('heading', { name: 'This link was revoked' })).toBeVisible();
  await expect(reader.getByRole('region', { name: 'Objectives' })).toHaveCount(0);
});
