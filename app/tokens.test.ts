import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { contrast as measure, parseTokens, type Theme } from './design/contrast.ts';

const css = readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8');
const tokens = new Map(parseTokens(css).map((token) => [token.name, token]));

function contrast(one: string, other: string, theme: Theme): number {
  const [a, b] = [tokens.get(one), tokens.get(other)];
  if (!a || !b) throw new Error(`tokens.css has no --${a ? other : one}`);
  return measure(a, b, theme);
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
