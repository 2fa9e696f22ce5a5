import { expect, test } from 'vitest';
import { axisLabel, durationTick, uncutTicks } from './axis-label.ts';

const T = Date.parse('2026-03-04T03:10:30Z');

test.each([
  [10_000, '03:10:30'],
  [60_000, '03:10'],
  [6 * 3_600_000, '03:10'],
  [86_400_000, '4 Mar'],
])('ticks %d ms apart', (stepMs, expected) => {
  expect(axisLabel(T, stepMs, 'UTC')).toBe(expected);
});

test.each([
  [412, '412 ms'],
  [31_600, '31.6 s'],
  [74_000, '1.2 min'],
  [5_400_000, '1.5 h'],
  [172_800_000, '2 d'],
])('a tick of %d ms is one figure and one unit', (ms, expected) => {
  expect(durationTick(ms)).toBe(expected);
});

test('labels no tick where the label would be cut off', () => {
  expect(uncutTicks([0, 500, 995, 1_000], { fromMs: 0, toMs: 1_000 }, 400)).toEqual([0, 500]);
  expect(uncutTicks([0, 500, 975], { fromMs: 0, toMs: 1_000 }, 400)).toEqual([0, 500, 975]);
});
