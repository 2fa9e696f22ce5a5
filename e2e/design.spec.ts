import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';

const GRAVE = ['serious', 'critical'];

for (const colorScheme of ['dark', 'light'] as const) {
  test(`what pages are made of is shown in both themes, with no serious finding, on a ${colorScheme} page`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('/design');
    await expect(page.getByRole('heading', { level: 1, name: 'Design' })).toBeVisible();
    // Drawn, in both themes.
    await expect(page.getByRole('group', { name: /^Three series and a gap, (dark|light)\. p50: last/ })).toHaveCount(2);
    const surfaces = await page
      .locator('main [data-theme]')
      .evaluateAll((all) => new Set(all.map((one) => getComputedStyle(one).backgroundColor)).size);
    expect(surfaces).toBe(2);
    const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze();
    const grave = violations.filter(({ impact }) => GRAVE.includes(impact ?? ''));
    expect(grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
}
