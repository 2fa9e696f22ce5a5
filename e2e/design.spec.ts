import { findGrave } from './find-grave.ts';
import { expect, test } from './fixtures.ts';
import { readLooks } from './read-looks.ts';

test('what pages are made of is shown in both themes, with no serious finding', async ({ page }) => {
  await page.goto('/design');
  await expect(page.getByRole('heading', { level: 1, name: 'Design' })).toBeVisible();
  // Drawn, in both themes.
  await expect(page.getByRole('group', { name: /^Three series and a gap, (dark|light)\. p50: last/ })).toHaveCount(2);
  const surfaces = await page
    .locator('main [data-theme]')
    .evaluateAll((all) => new Set(all.map((one) => getComputedStyle(one).backgroundColor)).size);
  expect(surfaces).toBe(2);
  // Charts come by themselves; one panel shows how they do.
  await expect(
    page.locator('section[aria-label=Charts] section:not([aria-label=Loading]) .animate-breathe'),
  ).toHaveCount(0);
  const looks = await readLooks(page, 'dark');
  // As text and not as pixels (docs/decisions/looks-as-text.md); `npx playwright test design --update-snapshots` writes it anew.
  expect(looks).toMatchSnapshot('design.txt');
  expect(await readLooks(page, 'light')).toBe(looks);
  expect(await findGrave(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
