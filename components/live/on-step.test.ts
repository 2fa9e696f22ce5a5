import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onStep } from './on-step.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('moves all of a step by one timer, until the last has gone', () => {
  const [first, second] = [vi.fn<() => void>(), vi.fn<() => void>()];
  const stopFirst = onStep(1_000, first);
  const stopSecond = onStep(1_000, second);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(2_000);
  expect([first, second].map(({ mock }) => mock.calls.length)).toEqual([2, 2]);
  stopFirst();
  vi.advanceTimersByTime(1_000);
  expect([first, second].map(({ mock }) => mock.calls.length)).toEqual([2, 3]);
  stopSecond();
  expect(vi.getTimerCount()).toBe(0);
});

it('has a timer of its own for each step', () => {
  const stops = [onStep(1_000, () => {}), onStep(5_000, () => {})];
  expect(vi.getTimerCount()).toBe(2);
  for (const stop of stops) stop();
  expect(vi.getTimerCount()).toBe(0);
});
