import { expect, it } from 'vitest';
import { timeTicks } from './time-ticks.ts';

const T = Date.UTC(2026, 2, 4, 3, 12, 7);

it.each([
  [15 * 60_000, 6, 5 * 60_000, '03:15:00'],
  [60 * 60_000, 6, 10 * 60_000, '03:20:00'],
  [6 * 3_600_000, 6, 3_600_000, '04:00:00'],
  [7 * 86_400_000, 7, 86_400_000, '00:00:00'],
])('a window of %s ms with at most %s ticks has a step of %s', (span, max, stepMs, first) => {
  const result = timeTicks(T, T + span, max);
  expect(result.stepMs).toBe(stepMs);
  expect(result.ticks.length).toBeLessThanOrEqual(max);
  expect(new Date(result.ticks[0] ?? 0).toISOString().slice(11, 19)).toBe(first);
  for (const tick of result.ticks) {
    expect(tick).toBeGreaterThanOrEqual(T);
    expect(tick).toBeLessThanOrEqual(T + span);
  }
});

it('copes with windows longer than any step', () => {
  expect(timeTicks(0, 3650 * 86_400_000, 5).ticks.length).toBeLessThanOrEqual(5);
});
