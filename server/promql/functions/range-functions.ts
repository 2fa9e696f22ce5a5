import { extrapolate } from './extrapolate.ts';
import { CompensatedSum } from './compensated-sum.ts';
import { doubleExponentialSmoothing, linearRegression } from './predict.ts';
import { quantileOf } from './quantile.ts';

/** The samples of one series that one step sees: `from` (inclusive) to `until` (exclusive), never none. */
export interface Window {
  timestamps: Float64Array;
  values: Float64Array;
  from: number;
  until: number;
  /** The range itself, and the time of the step (which an offset does not move). */
  startMs: number;
  endMs: number;
  stepTimeMs: number;
  /** Whether any value of the whole series is less than the one before it. */
  everResets: boolean;
  /** Scalar arguments at this step. */
  args: number[];
}

/** undefined where there are too few samples. */
export type RangeFunction = (window: Window) => number | undefined;

export const RANGE_FUNCTIONS: Readonly<Record<string, RangeFunction>> = {
  rate: (window) => extrapolate(window, { isCounter: true, perSecond: true }),
  increase: (window) => extrapolate(window, { isCounter: true, perSecond: false }),
  delta: (window) => extrapolate(window, { isCounter: false, perSecond: false }),
  irate: (window) => lastDifference(window, true),
  idelta: (window) => lastDifference(window, false),
  deriv: (window) =>
    window.until - window.from < 2 ? undefined : linearRegression(window, window.timestamps[window.from]!).slope,
  predict_linear: (window) => {
    if (window.until - window.from < 2) return undefined;
    const { slope, intercept } = linearRegression(window, window.stepTimeMs);
    return slope * window.args[0]! + intercept;
  },
  double_exponential_smoothing: doubleExponentialSmoothing,
  changes: ({ values, from, until }) => {
    let changes = 0;
    for (let place = from + 1; place < until; place++) {
      const [before, value] = [values[place - 1]!, values[place]!];
      if (value !== before && !(Number.isNaN(value) && Number.isNaN(before))) changes++;
    }
    return changes;
  },
  resets: ({ values, from, until }) => {
    let resets = 0;
    for (let place = from + 1; place < until; place++) if (values[place]! < values[place - 1]!) resets++;
    return resets;
  },
  sum_over_time: (window) => sum(window),
  avg_over_time: mean,
  count_over_time: ({ from, until }) => until - from,
  present_over_time: () => 1,
  last_over_time: ({ values, until }) => values[until - 1],
  first_over_time: ({ values, from }) => values[from],
  min_over_time: (window) => window.values[findExtreme(window, (value, least) => value < least)],
  max_over_time: (window) => window.values[findExtreme(window, (value, most) => value > most)],
  ts_of_first_over_time: ({ timestamps, from }) => timestamps[from]! / 1000,
  ts_of_last_over_time: ({ timestamps, until }) => timestamps[until - 1]! / 1000,
  ts_of_min_over_time: (window) => window.timestamps[findExtreme(window, (value, least) => value <= least)]! / 1000,
  ts_of_max_over_time: (window) => window.timestamps[findExtreme(window, (value, most) => value >= most)]! / 1000,
  stdvar_over_time: variance,
  stddev_over_time: (window) => Math.sqrt(variance(window)),
  quantile_over_time: ({ values, from, until, args }) => quantileOf(args[0]!, values.slice(from, until)),
  mad_over_time: ({ values, from, until }) => {
    const median = quantileOf(0.5, values.slice(from, until));
    return quantileOf(
      0.5,
      values.slice(from, until).map((value) => Math.abs(value - median)),
    );
  },
};

/** Those whose result is still a value of the metric. */
export const KEEPS_NAME: ReadonlySet<string> = new Set(['last_over_time', 'first_over_time']);

function lastDifference({ timestamps, values, from, until }: Window, perSecond: boolean): number | undefined {
  if (until - from < 2) return undefined;
  const [before, last] = [values[until - 2]!, values[until - 1]!];
  const seconds = (timestamps[until - 1]! - timestamps[until - 2]!) / 1000;
  if (!perSecond) return last - before;
  // A counter that fell began again at zero.
  return (last < before ? last : last - before) / seconds;
}

function sum({ values, from, until }: Window): number {
  const total = new CompensatedSum();
  for (let place = from; place < until; place++) total.add(values[place]!);
  return total.total;
}

function mean(window: Window): number {
  const total = sum(window);
  if (Number.isFinite(total)) return total / (window.until - window.from);
  // Too large a sum is no reason for an infinite mean.
  const { values, from, until } = window;
  let running = 0;
  for (let place = from; place < until; place++) {
    const value = values[place]!;
    const count = place - from + 1;
    const stays =
      !Number.isFinite(running) && (running === value || (Number.isFinite(value) && !Number.isNaN(running)));
    if (!stays) running += value / count - running / count;
  }
  return running;
}

function findExtreme({ values, from, until }: Window, wins: (value: number, held: number) => boolean): number {
  let best = from;
  for (let place = from + 1; place < until; place++) {
    if (wins(values[place]!, values[best]!) || Number.isNaN(values[best]!)) best = place;
  }
  return best;
}

/** Welford's, compensated as upstream: digits lost here would be the first ones of a small variance. */
function variance({ values, from, until }: Window): number {
  const average = new CompensatedSum();
  const squares = new CompensatedSum();
  for (let place = from; place < until; place++) {
    const value = values[place]!;
    const delta = value - average.total;
    average.add(delta / (place - from + 1));
    squares.add(delta * (value - average.total));
  }
  return squares.total / (until - from);
}
