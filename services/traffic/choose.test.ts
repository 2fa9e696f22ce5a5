import { expect, test } from 'vitest';
import { choosePlan, pickSome } from './choose.ts';

test('plans are within what the shop takes, whatever is drawn', () => {
  for (const draw of [0, 0.03, 0.5, 0.999_999]) {
    const { quantities, card, review } = choosePlan(() => draw);
    if (review) expect([1, 2, 3, 4, 5]).toContain(review.rating);
    expect(quantities.length).toBeGreaterThanOrEqual(1);
    expect(quantities.length).toBeLessThanOrEqual(3);
    for (const quantity of quantities) expect([1, 2, 3, 4]).toContain(quantity);
    expect(card).toMatch(/^\d{15,16}$/);
  }
});

test('picks different ones, and all when there are few', () => {
  expect(pickSome(['a', 'b', 'c'], 2, () => 0)).toEqual(['a', 'b']);
  expect(pickSome(['a'], 3, () => 0.9)).toEqual(['a']);
  expect(pickSome([], 3, () => 0.9)).toEqual([]);
});
