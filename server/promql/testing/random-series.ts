import type { RawSeries } from '../evaluate/values.ts';
import { Labels } from '../labels/labels.ts';
import type { Random } from './random.ts';

export interface Span {
  startMs: number;
  endMs: number;
  everyMs: number;
}

const JOBS = ['api', 'db', 'cache'];
const INSTANCES = ['a:1', 'b:2', 'c:3'];
const BOUNDS = ['0.1', '0.5', '1', '2.5', '+Inf'];

/**
 * Counters with resets, gauges of both signs, histograms and series that come and go. No sample lies on a whole second:
 * Prometheus 3 leaves the begin of a range out, 2.42 does not, and only a sample on it could tell.
 */
export function randomSeries(random: Random, span: Span): RawSeries[] {
  const series: RawSeries[] = [];
  const add = (labels: Record<string, string>, next: () => number, stale = false) =>
    series.push(samples(random, Labels.from(Object.entries(labels)), span, next, stale));
  for (const job of JOBS) {
    for (const instance of INSTANCES) {
      const where = { job, instance };
      for (const code of ['200', '500']) {
        add({ __name__: 'requests_total', ...where, code }, counter(random, 30));
        if (code === '200') add({ __name__: 'errors_total', ...where }, counter(random, 3));
      }
      add({ __name__: 'temperature', ...where }, () => random.between(-50, 50), random.chance(0.5));
      add(
        { __name__: 'memory_bytes', ...where, kind: random.chance(0.5) ? 'heap' : 'stack' },
        walk(random, 1e9),
        random.chance(0.3),
      );
      histogram(random, where, add);
    }
    add({ __name__: 'up', job }, () => Number(random.chance(0.8)));
    add({ __name__: 'limit', job, tier: job === 'db' ? 'gold' : 'silver' }, walk(random, 100));
  }
  add({ __name__: 'odd_values', which: 'a' }, () => random.pick([NaN, Infinity, -Infinity, 0, 1, -1.5]));
  add({ __name__: 'odd_values', which: 'b' }, () => random.pick([12_345.678, 0.001, 1e-100, 3]));
  add({ __name__: 'constant', which: 'a' }, () => 42);
  add({ __name__: 'clock' }, () => Math.floor(random.between(0, 2e9)));
  return series;
}

/** A reset goes to a high value, where 2.42 and 3 extrapolate alike; how they differ near zero has tables of its own. */
function counter(random: Random, most: number): () => number {
  let value = random.between(10_000, 100_000);
  return () => {
    value = random.chance(0.02) ? random.between(5_000, 9_000) : value + Math.floor(random.between(1, most));
    return value;
  };
}

function walk(random: Random, scale: number): () => number {
  let value = random.between(0.5, 1) * scale;
  return () => (value += random.between(-0.01, 0.01) * scale);
}

function histogram(
  random: Random,
  where: Record<string, string>,
  add: (labels: Record<string, string>, next: () => number) => unknown,
): void {
  const rate = random.between(1, 20);
  BOUNDS.forEach((le, place) => {
    let value = 1_000 * (place + 1);
    add(
      { __name__: 'latency_seconds_bucket', ...where, le },
      () => (value += Math.round(rate * (place + 1) * random.between(0.9, 1.1))),
    );
  });
}

function samples(random: Random, labels: Labels, span: Span, next: () => number, endsAndReturns: boolean): RawSeries {
  const timestamps: number[] = [];
  const values: number[] = [];
  const stale: number[] = [];
  const phase = random.between(0, span.everyMs);
  let goneUntil = 0;
  for (let ms = span.startMs + phase; ms < span.endMs; ms += span.everyMs) {
    const at = Math.floor(ms + random.between(-500, 500));
    const jittered = at % 1000 === 0 ? at + 1 : at;
    const value = next();
    if (jittered < goneUntil || random.chance(0.01)) continue;
    const ends = endsAndReturns && random.chance(0.02);
    if (ends) goneUntil = jittered + random.between(1, 10) * 60_000;
    timestamps.push(jittered);
    values.push(ends ? NaN : value);
    stale.push(Number(ends));
  }
  return {
    labels,
    timestamps: Float64Array.from(timestamps),
    values: Float64Array.from(values),
    stale: Uint8Array.from(stale),
  };
}
