import { expect, test } from 'vitest';
import { RETRIES_FREE, RETRY_PERCENT_MAX, RetryBudget } from './retry-budget.ts';

function begin() {
  const clock = { nowMs: 1_000_000 };
  const budget = new RetryBudget('orders', () => clock.nowMs);
  const call = (times: number) => {
    for (let count = 0; count < times; count++) budget.noteCall();
  };
  const spendAll = () => {
    let spent = 0;
    while (budget.spend()) spent += 1;
    return spent;
  };
  return { clock, budget, call, spendAll };
}

test('a lone failure may be repeated, and a service that nobody else calls is not stormed', () => {
  const { budget, call, spendAll } = begin();
  call(1);
  expect(spendAll()).toBe(RETRIES_FREE);
  expect(budget.totals).toEqual({ sent: RETRIES_FREE, refused: 1 });
});

test('under load no more than a tenth is added, however many fail', () => {
  const { call, spendAll } = begin();
  call(1_000);
  expect(spendAll()).toBe((1_000 * RETRY_PERCENT_MAX) / 100);
  call(100);
  expect(spendAll()).toBe(10);
});

test('the window slides: what was spent comes back with its age, what was called counts no more', () => {
  const { clock, budget, call, spendAll } = begin();
  call(500);
  clock.nowMs += 5_000;
  call(500);
  expect(spendAll()).toBe(100);
  clock.nowMs += 5_000;
  // The first half of the calls has gone, what was spent in the second half has not.
  expect(budget.left).toBe(0);
  clock.nowMs += 5_000;
  expect(spendAll()).toBe(RETRIES_FREE);
});
