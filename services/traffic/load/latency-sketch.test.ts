import { expect, it } from 'vitest';
import { LatencySketch } from './latency-sketch.ts';

it('says nothing of nothing', () => {
  expect(new LatencySketch().quantiles()).toEqual({ p50Ms: null, p95Ms: null, p99Ms: null, maxMs: null });
});

it('is within 1 % of the sorted truth, from microseconds to seconds', () => {
  const sketch = new LatencySketch();
  const durations = Array.from({ length: 5_000 }, (_, index) => 0.1 * 1.0024 ** ((index * 7919) % 5_000));
  for (const ms of durations) sketch.add(ms);
  const sorted = durations.toSorted((a, b) => a - b);
  const { p50Ms, p95Ms, p99Ms, maxMs } = sketch.quantiles();
  for (const [found, q] of [
    [p50Ms, 0.5],
    [p95Ms, 0.95],
    [p99Ms, 0.99],
  ] as const) {
    const truth = sorted[Math.ceil(q * sorted.length) - 1]!;
    expect(Math.abs(found! - truth) / truth).toBeLessThan(0.011);
  }
  expect(maxMs! / sorted.at(-1)!).toBeCloseTo(1, 3);
});

it('one duration is all its quantiles', () => {
  const sketch = new LatencySketch();
  sketch.add(412);
  expect(sketch.quantiles().maxMs).toBe(412);
  expect(Math.abs(sketch.quantiles().p99Ms! - 412)).toBeLessThan(5);
});
