import { addAll } from '../evaluate/aggregate-histograms.ts';
import { divideHistogram } from '../histogram/arithmetic.ts';
import { isReset, isSameHistogram } from '../histogram/compare.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { extrapolateHistograms, lastHistogramDifference } from './histogram-change.ts';
import { floatsOnly, type MixedFunction, type MixedWindow } from './histogram-windows.ts';
import { RANGE_FUNCTIONS } from './range-functions.ts';

/** Functions of ranges that make something of histograms. All others leave them out: see `mixedFunction`. */
const MIXED_FUNCTIONS: Readonly<Record<string, MixedFunction>> = {
  rate: change('rate', { isCounter: true, perSecond: true }),
  increase: change('increase', { isCounter: true, perSecond: false }),
  delta: change('delta', { isCounter: false, perSecond: false }),
  irate: lastHistogramDifference(true, ({ floats }) => RANGE_FUNCTIONS['irate']!(floats)),
  idelta: lastHistogramDifference(false, ({ floats }) => RANGE_FUNCTIONS['idelta']!(floats)),
  sum_over_time: summed('sum_over_time'),
  avg_over_time: summed('avg_over_time'),
  count_over_time: ({ floats, from, until }) => floats.until - floats.from + until - from,
  present_over_time: () => 1,
  last_over_time: (window) => merged(window).at(-1)!.value,
  first_over_time: (window) => merged(window)[0]!.value,
  ts_of_last_over_time: (window) => merged(window).at(-1)!.timeMs / 1000,
  ts_of_first_over_time: (window) => merged(window)[0]!.timeMs / 1000,
  changes: counted((value, before) => {
    if (typeof value === 'object' && typeof before === 'object') return !isSameHistogram(value, before);
    return value !== before && !(Number.isNaN(value) && Number.isNaN(before));
  }),
  resets: counted((value, before) => {
    if (typeof value === 'object' && typeof before === 'object') return isReset(value, before);
    return typeof value === 'object' || typeof before === 'object' || value < before;
  }),
};

/** The function of a range by its name, for series that are histograms, wholly or in part. */
export function mixedFunction(name: string): MixedFunction {
  return MIXED_FUNCTIONS[name] ?? floatsOnly(RANGE_FUNCTIONS[name]!);
}

function change(name: string, options: { isCounter: boolean; perSecond: boolean }): MixedFunction {
  return (window, notes) => {
    const { floats, from, until } = window;
    if (from === until) return RANGE_FUNCTIONS[name]!(floats);
    if (floats.from === floats.until) return extrapolateHistograms(window, notes, options);
    notes.mixed();
    return undefined;
  };
}

function summed(name: 'sum_over_time' | 'avg_over_time'): MixedFunction {
  return ({ floats, histograms, from, until }, notes) => {
    if (from === until) return RANGE_FUNCTIONS[name]!(floats);
    if (floats.from < floats.until) {
      notes.mixed();
      return undefined;
    }
    const sum = addAll(histograms.slice(from, until));
    if (typeof sum === 'object') return name === 'sum_over_time' ? sum : divideHistogram(sum, until - from);
    notes.incompatible(sum);
    return undefined;
  };
}

interface Sample {
  timeMs: number;
  value: number | Histogram;
}

/** Both kinds of samples in the order of time. */
function merged({ floats, times, histograms, from, until }: MixedWindow): Sample[] {
  const samples: Sample[] = [];
  for (let place = floats.from; place < floats.until; place++)
    samples.push({ timeMs: floats.timestamps[place]!, value: floats.values[place]! });
  for (let place = from; place < until; place++) samples.push({ timeMs: times[place]!, value: histograms[place]! });
  return samples.toSorted((a, b) => a.timeMs - b.timeMs);
}

function counted(isEvent: (value: Sample['value'], before: Sample['value']) => boolean): MixedFunction {
  return (window) => {
    const samples = merged(window);
    return samples.filter(({ value }, place) => place > 0 && isEvent(value, samples[place - 1]!.value)).length;
  };
}
