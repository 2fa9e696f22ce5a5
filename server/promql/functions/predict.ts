import { PromqlError } from '../promql-error.ts';
import { CompensatedSum } from './compensated-sum.ts';
import type { Window } from './range-functions.ts';

/** Least squares over seconds since `originMs`, where the intercept is taken. */
export function linearRegression(
  { timestamps, values, from, until }: Window,
  originMs: number,
): { slope: number; intercept: number } {
  const first = values[from]!;
  let constant = true;
  const sumX = new CompensatedSum();
  const sumY = new CompensatedSum();
  const sumXY = new CompensatedSum();
  const sumX2 = new CompensatedSum();
  for (let place = from; place < until; place++) {
    const y = values[place]!;
    if (y !== first) constant = false;
    const x = (timestamps[place]! - originMs) / 1000;
    sumX.add(x);
    sumY.add(y);
    sumXY.add(x * y);
    sumX2.add(x * x);
  }
  if (constant) return Number.isFinite(first) ? { slope: 0, intercept: first } : { slope: NaN, intercept: NaN };
  const count = until - from;
  const covariance = sumXY.total - (sumX.total * sumY.total) / count;
  const variance = sumX2.total - (sumX.total * sumX.total) / count;
  const slope = covariance / variance;
  return { slope, intercept: sumY.total / count - (slope * sumX.total) / count };
}

/** Holt's linear method; `args` are the smoothing factor and the trend factor. */
export function doubleExponentialSmoothing({ values, from, until, args }: Window): number | undefined {
  const [smoothing, trendFactor] = args as [number, number];
  if (!(smoothing > 0 && smoothing < 1)) throw outOfRange('smoothing', 'sf', smoothing);
  if (!(trendFactor > 0 && trendFactor < 1)) throw outOfRange('trend', 'tf', trendFactor);
  if (until - from < 2) return undefined;
  let before = 0;
  let smoothed = values[from]!;
  let trend = values[from + 1]! - values[from]!;
  for (let place = from + 1; place < until; place++) {
    if (place > from + 1) trend = trendFactor * (smoothed - before) + (1 - trendFactor) * trend;
    before = smoothed;
    smoothed = smoothing * values[place]! + (1 - smoothing) * (smoothed + trend);
  }
  return smoothed;
}

function outOfRange(name: string, symbol: string, value: number): PromqlError {
  return new PromqlError('execution', `invalid ${name} factor. Expected: 0 < ${symbol} < 1, got: ${value.toFixed(6)}`);
}
