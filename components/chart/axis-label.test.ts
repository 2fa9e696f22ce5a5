import { expect, test } from 'vitest';
import { axisLabel, uncutTicks } from './axis-label.ts';

const T = Date.parse('2026-03-04T03:10:30Z');

test.each([
  [10_000, '03:10:30'],
  [60_000, '03:10'],
  [6 * 3_600_000, '03:10'],
  [86_400_000, '4 Mar'],
])('ticks %d ms apart', (stepMs, expected) => {
  expect(axisLabel(T, stepMs, 'UTC')).toBe(expected);
});

test('labels no tick where the label would be cut off', () => {
  expect(uncutTicks([0, 500, 995, 1_000], { fromMs: 0, toMs: 1_000 }, 400)).toEqual([0, 500]);
  expect(uncutTicks([0, 500, 975], { fromMs: 0, toMs: 1_000 }, 400)).toEqual([0, 500, 975]);
});
