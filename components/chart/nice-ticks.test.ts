import { expect, test } from 'vitest';
import { niceTicks, ticksBetween } from './nice-ticks.ts';

test.each([
  [7, 4, [0, 2, 4, 6, 8]],
  [100, 4, [0, 25, 50, 75, 100]],
  [0.3, 3, [0, 0.1, 0.2, 0.3]],
  [0.041, 4, [0, 0.02, 0.04, 0.06]],
  [1234, 3, [0, 500, 1000, 1500]],
  [0, 4, [0]],
  [Number.NaN, 4, [0]],
] as const)('up to %d in %d steps', (max, count, expected) => {
  expect(niceTicks(max, count)).toEqual(expected);
});

test('always reaches the maximum with no more steps than asked for', () => {
  for (let max = 0.003; max < 1e7; max *= 1.37) {
    const ticks = niceTicks(max, 4);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(max * (1 - 1e-9));
    expect(ticks.length).toBeLessThanOrEqual(5);
  }
});

test.each([
  [0, 7, [0, 2, 4, 6, 8]],
  [-3, 4, [-4, -2, 0, 2, 4]],
  [-0.5, 0, [-0.6, -0.4, -0.2, 0]],
  [-1, 100, [-50, 0, 50, 100]],
] as const)('from %d to %d', (min, max, expected) => {
  expect(ticksBetween(min, max, 4)).toEqual(expected);
});
