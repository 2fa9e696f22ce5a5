import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What keeps somebody out, as axe grades it; its lesser remarks are no reason to stop. */
const GRAVE = ['serious', 'critical'];
/** All that axe judges by colour. Whatever else it looks at is the same document in either theme. */
const BY_COLOUR = ['color-contrast', 'link-in-text-block'];

/** What axe finds grave on the page as it stands: by all rules in the dark theme, by those about colour in the light one too. */
export async function findGrave(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  // More than ten rules have something to say about any page of ours: an empty one would have no findings either.
  const dark = await look(page, new AxeBuilder({ page }).options({ resultTypes: ['violations'] }), 10);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await look(
    page,
    new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).withRules(BY_COLOUR),
    1,
  );
  return [...dark.map((found) => `dark: ${found}`), ...light.map((found) => `light: ${found}`)];
}

async function look(page: Page, axe: AxeBuilder, passesMin: number): Promise<string[]> {
  // Legacy means: in the page itself. The other way puts the findings of frames together in a second page, and we have no frames.
  const { violations, passes } = await axe.setLegacyMode().analyze();
  expect(passes.length, `axe looked at ${page.url()}`).toBeGreaterThanOrEqual(passesMin);
  return violations
    .filter(({ impact }) => GRAVE.includes(impact ?? ''))
    .flatMap(({ id, impact, nodes }) => nodes.map(({ html }) => `${id} (${impact}) ${html.slice(0, 200)}`));
}
