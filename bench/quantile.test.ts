import { expect, it } from 'vitest';
import { quantile } from './quantile.ts';

it.each([
  [[3, 1, 2], 0.5, 2],
  [[1, 2, 3, 4], 0.5, 2],
  [[1, 2, 3, 4], 0.99, 4],
  [[7], 0, 7],
  [[], 0.5, Number.NaN],
])('of %j at %d is %d', (sample, q, expected) => {
  expect(quantile(sample, q)).toBe(expected);
});
