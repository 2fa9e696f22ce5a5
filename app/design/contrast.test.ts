import { expect, it } from 'vitest';
import { contrast, parseTokens } from './contrast.ts';

const css = `
  --paper: light-dark(oklch(1 0 0), oklch(0 0 0));
  --ink: light-dark(oklch(0 0 0), oklch(1 0 0));
  --blue: light-dark(oklch(0.452 0.313 264.05), oklch(0.452 0.313 264.05));
  --shadow: 0 1px 2px black;`;

it('measures as WCAG does: black on white is 21, blue on white 8.6', () => {
  const [paper, ink, blue] = parseTokens(css);
  expect(parseTokens(css).map(({ name }) => name)).toEqual(['paper', 'ink', 'blue']);
  expect(contrast(paper!, ink!, 'light')).toBeCloseTo(21, 1);
  expect(contrast(ink!, paper!, 'dark')).toBeCloseTo(21, 1);
  expect(contrast(blue!, paper!, 'light')).toBeCloseTo(8.59, 1);
});
