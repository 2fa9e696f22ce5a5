import { expect, it } from 'vitest';
import { createTraceBudget } from './trace-budget.ts';

/** The shares given in the last of `seconds` at that many traces a second. */
function lastShares(perSecond: number, rate: number, seconds: number): Set<number> {
  let nowMs = 0;
  const next = createTraceBudget(perSecond, () => nowMs);
  const shares: number[] = [];
  for (let n = 0; n < rate * seconds; n++) {
    nowMs = (n * 1_000) / rate;
    shares.push(next());
  }
  return new Set(shares.slice(-rate));
}

it.each([
  [10, 1],
  [1_000, 1],
  [1_001, 1 / 2],
  [2_000, 1 / 2],
  [2_100, 1 / 4],
  [15_000, 1 / 16],
])('of %i a second with room for 1,000 it keeps a share of %d', (rate, share) => {
  // Where the rate is right at an edge, steps of whole milliseconds may lie on either side of it.
  const shares = lastShares(1_000, rate, 3);
  expect(shares).toContain(share);
  for (const each of shares) expect(each * rate).toBeLessThanOrEqual(1_000 * 1.03);
});

it('keeps all again when it has become quiet', () => {
  let nowMs = 0;
  const next = createTraceBudget(100, () => nowMs);
  for (let n = 0; n < 5_000; n++) {
    nowMs += 0.5;
    next();
  }
  expect(next()).toBeLessThan(0.1);
  nowMs += 60_000;
  next();
  expect(next()).toBe(1);
});
