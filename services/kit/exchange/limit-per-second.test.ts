import { expect, test } from 'vitest';
import { limitPerSecond } from './limit-per-second.ts';

test('so many in a second, and as many in the next', () => {
  let nowMs = 999;
  const may = limitPerSecond(2, () => nowMs);
  expect([may(), may(), may()]).toEqual([true, true, false]);
  nowMs = 1_000;
  expect([may(), may(), may()]).toEqual([true, true, false]);
});
