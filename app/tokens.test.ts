import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

type Theme = 'light' | 'dark';

const css = readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\)/g)].map(([, name, light, dark]) => [
    name as string,
    { light: luminance(light as string), dark: luminance(dark as string) },
  ]),
);

function clip(channel: number): number {
  return Math.min(1, Math.max(0, channel));
}

/** Relative luminance (WCAG 2) of an OKLCH colour, by way of linear sRGB clipped to its gamut. */
function luminance(oklch: string): number {
  const [lightness = 0, chroma = 0, hue = 0] = oklch.split(/[\s/]+/).map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string, theme: Theme): number {
  const [a, b] = [tokens.get(one), tokens.get(other)];
  if (!a || !b) throw new Error(`tokens.css has no --${a ? other : one}`);
  const [high, low] = a[theme] > b[theme] ? [a[theme], b[theme]] : [b[theme], a[theme]];
  return (high + 0.05) / (low + 0.05);
}

const SURFACES = ['canvas', 'sunken', 'surface', 'raised', 'hover'];
const STATUS = ['ok', 'warn', 'critical', 'info', 'half-open'];

describe.each<Theme>(['light', 'dark'])('%s theme', (theme) => {
  const text = ['ink', 'ink-muted', 'ink-faint', 'accent', ...STATUS];
  it.each(text.flatMap((ink) => SURFACES.map((surface) => [ink, surface] as const)))(
    '%s reads on %s',
    (ink, surface) => {
      expect(contrast(ink, surface, theme)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each([...STATUS, 'accent'].map((tone) => [tone, `${tone}-soft`] as const))('%s reads on %s', (ink, soft) => {
    expect(contrast(ink, soft, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['ink', 'ink-muted', 'accent'])('%s reads on a selected row', (ink) => {
    expect(contrast(ink, 'selected', theme)).toBeGreaterThanOrEqual(4.5);
  });

  it('text reads on a primary button, also under the pointer', () => {
    expect(contrast('accent-ink', 'accent', theme)).toBeGreaterThanOrEqual(4.5);
    expect(contrast('accent-ink', 'accent-strong', theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    'wire',
    'bus',
    'series-1',
    'series-2',
    'series-3',
    'series-4',
    'series-5',
    'series-6',
    'series-7',
    'series-8',
  ])('the line of %s is seen on a panel', (line) => expect(contrast(line, 'surface', theme)).toBeGreaterThanOrEqual(3));
});
