import { expect, test } from 'vitest';
import { decideRestock } from './decide-restock.ts';

test.each([
  [600, 0],
  [100, 0],
  [99, 501],
  [0, 600],
])('%i left: %i arrive', (left, arriving) => {
  expect(decideRestock(left)).toBe(arriving);
});
