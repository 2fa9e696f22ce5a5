import type { Page } from '@playwright/test';

interface Section {
  title: string;
  looks: string[];
}

/**
 * How the parts of `/design` look in a theme, as text: each distinct look of a section once, colours by the names of their tokens. Nothing of it
 * depends on how a machine draws: no widths, no wrapped text, no time of day.
 */
export async function readLooks(page: Page, theme: 'dark' | 'light'): Promise<string> {
  const sections = await page.locator(`main > section`).locator(`[data-theme=${theme}]`).evaluateAll(describe);
  return sections.map(({ title, looks }) => `# ${title}\n${looks.join('\n')}\n`).join('\n');
}

/** Runs in the page: it can use nothing from here. */
function describe(roots: (HTMLElement | SVGElement)[]): Section[] {
  /** Of a height that no font changes. */
  const FIXED = 'button, input, select, kbd, th, td, [role=tab]';
  const CLEAR = /^rgba\(.*, 0\)$/;
  const tokens = new Set(
    [...document.styleSheets]
      .flatMap((sheet) => [...sheet.cssRules].map(({ cssText }) => cssText))
      .flatMap((css) => [...css.matchAll(/--([a-z][a-z0-9-]*): ?(?:oklch|light-dark|var\(--lightningcss)/g)])
      .map(([, name]) => name!),
  );
  return roots.map((root) => {
    const names = new Map<string, string>();
    const probe = root.appendChild(document.createElement('i'));
    for (const token of tokens) {
      probe.style.color = `var(--${token})`;
      const { color } = getComputedStyle(probe);
      names.set(color, names.has(color) ? `${names.get(color)} or ${token}` : token);
    }
    probe.remove();
    const nameOf = (colour: string) => (CLEAR.test(colour) ? 'nothing' : (names.get(colour) ?? colour));

    const lookOfText = (element: HTMLElement) => {
      const style = getComputedStyle(element);
      const words: string[] = [];
      const isText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim() !== '');
      if (isText) words.push(`${style.fontSize}/${style.lineHeight} ${style.fontWeight} ${nameOf(style.color)}`);
      const ground = nameOf(style.backgroundColor);
      if (ground !== 'nothing') words.push(`on ${ground}`);
      const borders = ['top', 'right', 'bottom', 'left']
        .map((side) => [style.getPropertyValue(`border-${side}-width`), style.getPropertyValue(`border-${side}-color`)])
        .filter(([width]) => width !== '0px')
        .map(([width, colour]) => `${width} ${nameOf(colour!)}`);
      if (borders.length > 0) words.push(`border ${[...new Set(borders)].join(' and ')} at ${borders.length} sides`);
      if (words.length === 0) return '';
      if (style.borderRadius !== '0px') words.push(`round ${style.borderRadius}`);
      if (element.matches(FIXED)) words.push(`high ${style.height}`, `padded ${style.padding}`);
      if (style.opacity !== '1' && style.animationName === 'none') words.push(`opacity ${style.opacity}`);
      return [element.localName, ...words].join(', ');
    };
    const lookOfShape = (element: SVGElement) => {
      const { fill, stroke, strokeWidth } = getComputedStyle(element);
      if (!(element instanceof SVGGeometryElement || element instanceof SVGTextContentElement)) return '';
      if (element.closest('defs')) return '';
      const words = [
        fill !== 'none' && `fill ${nameOf(fill)}`,
        stroke !== 'none' && `stroke ${nameOf(stroke)} ${strokeWidth}`,
      ];
      return [element.localName, ...words.filter(Boolean)].join(', ');
    };
    const looks = [...root.querySelectorAll<HTMLElement | SVGElement>('*')].map((element) =>
      element instanceof SVGElement ? lookOfShape(element) : lookOfText(element),
    );
    const title = root.closest('section')!.getAttribute('aria-label') ?? '';
    return { title, looks: [...new Set(looks.filter((look) => look !== ''))] };
  });
}
