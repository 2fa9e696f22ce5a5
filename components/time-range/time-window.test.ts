import { describe, expect, test } from 'vitest';
import {
  DEFAULT_WINDOW,
  fixedWindow,
  parseTimeWindow,
  PRESETS,
  resolveWindow,
  writeTimeWindow,
} from './time-window.ts';

describe('parseTimeWindow', () => {
  test.each([
    ['nothing', {}, DEFAULT_WINDOW],
    ['a relative start', { from: 'now-90s' }, { kind: 'live', spanMs: 90_000 }],
    ['an explicit now', { from: 'now-6h', to: 'now' }, { kind: 'live', spanMs: 6 * 3_600_000 }],
    ['two moments', { from: '1000', to: '61000' }, { kind: 'fixed', fromMs: 1000, toMs: 61_000 }],
    ['moments the wrong way round', { from: '61000', to: '1000' }, { kind: 'fixed', fromMs: 1000, toMs: 61_000 }],
    [
      'an empty stretch is widened to a second',
      { from: '5000', to: '5000' },
      { kind: 'fixed', fromMs: 5000, toMs: 6000 },
    ],
    ['a zero span', { from: 'now-0m' }, DEFAULT_WINDOW],
    ['a start without an end', { from: '1000' }, DEFAULT_WINDOW],
    ['rubbish', { from: 'now-1y', to: '<script>' }, DEFAULT_WINDOW],
  ] as const)('%s', (_, params, expected) => {
    expect(parseTimeWindow(params)).toEqual(expected);
  });

  test('a span beyond what is kept is cut to it', () => {
    expect(parseTimeWindow({ from: 'now-999999d' })).toEqual({ kind: 'live', spanMs: 92 * 86_400_000 });
  });
});

test('what is written is read back as the same window', () => {
  const windows = [
    ...PRESETS.map((spanMs) => ({ kind: 'live', spanMs }) as const),
    { kind: 'live', spanMs: 95_000 } as const,
    fixedWindow(1_700_000_000_123.4, 1_700_000_060_000.9),
  ];
  for (const window of windows) expect(parseTimeWindow(writeTimeWindow(window))).toEqual(window);
});

test('the default leaves the address bare', () => {
  expect(writeTimeWindow(DEFAULT_WINDOW)).toEqual({ from: null, to: null });
});

test('a live window moves with the clock, a fixed one does not', () => {
  expect(resolveWindow({ kind: 'live', spanMs: 100 }, 1000)).toEqual({ fromMs: 900, toMs: 1000 });
  expect(resolveWindow({ kind: 'fixed', fromMs: 1, toMs: 2 }, 1000)).toEqual({ fromMs: 1, toMs: 2 });
});
