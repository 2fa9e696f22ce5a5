import { expect, it } from 'vitest';
import { planRead } from '#server/time/read-plan.ts';
import { planSeries } from './plan-series.ts';
import { planSparkline } from './read-sparklines.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = 1_000 * HOUR + 17_300;

it.each([
  [5 * MINUTE, 120, 5_000, 'spans'],
  [15 * MINUTE, 120, 10_000, 'spans'],
  [HOUR, 120, 60_000, 'spans'],
  [2 * HOUR, 500, MINUTE, 'minutes'],
  [24 * HOUR, 120, 15 * MINUTE, 'minutes'],
  [31 * 24 * HOUR, 120, 12 * HOUR, 'minutes'],
  [31 * 24 * HOUR, 10, 168 * HOUR, 'minutes'],
])('%i ms in %i points: a step of %i ms from %s', (spanMs, buckets, stepMs, source) => {
  const plan = planSeries({ fromMs: NOW - spanMs, toMs: NOW }, buckets, NOW);
  expect(plan).toMatchObject({ stepMs, source });
  expect(plan.fromMs % stepMs).toBe(0);
  expect((plan.toMs - plan.fromMs) / stepMs).toBeLessThanOrEqual(buckets);
  expect(plan.toMs).toBeLessThanOrEqual(NOW - 2_000);
});

it('covers the last bucket of a past range whole, and nothing of the future', () => {
  const past = { fromMs: NOW - 10 * MINUTE, toMs: NOW - 5 * MINUTE };
  expect(planSeries(past, 60, NOW).toMs).toBeGreaterThanOrEqual(past.toMs);
  const future = { fromMs: NOW + MINUTE, toMs: NOW + 2 * MINUTE };
  expect(planSeries(future, 60, NOW)).toMatchObject({ fromMs: planSeries(future, 60, NOW).toMs });
});

it('counts rates over what was measured: whole minutes from the rollup, up to now', () => {
  expect(planRead({ fromMs: NOW - 5 * MINUTE, toMs: NOW }, NOW)).toMatchObject({ source: 'spans', seconds: 300 });
  const live = planRead({ fromMs: NOW - HOUR, toMs: NOW }, NOW);
  expect(live).toMatchObject({ source: 'minutes', seconds: 3_617.3 });
  expect(live.newest).toEqual({ fromMs: NOW - 15 * MINUTE, toMs: NOW });
  expect(planRead({ fromMs: NOW - 2 * HOUR, toMs: NOW - HOUR }, NOW).seconds).toBe(3_660);
});

it('gives a spark line thirty equal buckets', () => {
  expect(planSparkline({ fromMs: 0, toMs: 15 * MINUTE }, 'spans')).toEqual({ fromMs: 0, stepMs: 30_000 });
  const { fromMs, stepMs } = planSparkline({ fromMs: NOW - 31 * MINUTE, toMs: NOW }, 'minutes');
  expect(stepMs).toBe(2 * MINUTE);
  expect(fromMs + 30 * stepMs).toBe(Math.ceil(NOW / MINUTE) * MINUTE);
});
