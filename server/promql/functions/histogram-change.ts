import { addHistograms, scaleHistogram, subtractHistograms } from '../histogram/arithmetic.ts';
import { isReset } from '../histogram/compare.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { isCustom, NO_BUCKETS } from '../histogram/histogram.ts';
import { extrapolationFactor } from './extrapolate.ts';
import type { MixedFunction, MixedWindow, RangeNotes } from './histogram-windows.ts';

/** `rate`, `increase` and `delta` of histograms: bucket by bucket, carried on to the range's ends as those of floats are. */
export function extrapolateHistograms(
  { floats, times, histograms, from, until }: MixedWindow,
  notes: RangeNotes,
  { isCounter, perSecond }: { isCounter: boolean; perSecond: boolean },
): Histogram | undefined {
  const intervals = until - from - 1;
  if (intervals < 1) return undefined;
  const change = changeOver(histograms.slice(from, until), isCounter, notes);
  if (!change) return undefined;
  const { startMs, endMs } = floats;
  const [firstMs, lastMs, first] = [times[from]!, times[until - 1]!, histograms[from]!.count];
  const zero = isCounter && change.count > 0 && first >= 0 ? first / change.count : Infinity;
  const factor = extrapolationFactor(startMs, endMs, firstMs, lastMs, intervals, zero);
  return scaleHistogram(change, perSecond ? factor / ((endMs - startMs) / 1000) : factor);
}

function changeOver(values: Histogram[], isCounter: boolean, notes: RangeNotes): Histogram | undefined {
  const [first, last] = [values[0]!, values.at(-1)!];
  if (isCounter && values.some(({ hint }) => hint === 'gauge')) notes.isNo('counter');
  if (!isCounter && (first.hint !== 'gauge' || last.hint !== 'gauge')) notes.isNo('gauge');
  // What was before a reset need not go together with what came after it.
  const startsAnew = isCounter && isReset(values[1]!, first);
  const base = startsAnew ? emptyLike(values[1]!) : first;
  let change = subtractHistograms(last, base);
  if (isCounter && typeof change === 'object') {
    for (let place = startsAnew ? 2 : 1; place < values.length && typeof change === 'object'; place++) {
      if (isReset(values[place]!, values[place - 1]!)) change = addHistograms(change, values[place - 1]!);
    }
  }
  if (typeof change === 'object') return { ...change, hint: 'gauge' };
  notes.incompatible(values.some((one) => isCustom(one) !== isCustom(last)) ? 'mixed schemas' : change);
  return undefined;
}

function emptyLike(histogram: Histogram): Histogram {
  return { ...histogram, zeroCount: 0, count: 0, sum: 0, positive: NO_BUCKETS, negative: NO_BUCKETS };
}

/** `irate` and `idelta`: what the last two samples of either kind differ by. */
export function lastHistogramDifference(perSecond: boolean, ofFloats: MixedFunction): MixedFunction {
  return (window, notes) => {
    const { floats, times, histograms, from, until } = window;
    const ofFloat = (place: number) => (floats.from < place ? floats.timestamps[place - 1]! : -Infinity);
    const lastFloatMs = ofFloat(floats.until);
    const lastHistogramMs = from < until ? times[until - 1]! : -Infinity;
    const beforeMs =
      lastHistogramMs > lastFloatMs
        ? { float: lastFloatMs, histogram: until - from > 1 ? times[until - 2]! : -Infinity }
        : { float: ofFloat(floats.until - 1), histogram: lastHistogramMs };
    if (beforeMs.float === -Infinity && beforeMs.histogram === -Infinity) return undefined;
    const lastIsHistogram = lastHistogramMs > lastFloatMs;
    if (lastIsHistogram !== beforeMs.histogram > beforeMs.float) {
      notes.mixed();
      return undefined;
    }
    if (!lastIsHistogram) return ofFloats(window, notes);
    const [before, last] = [histograms[until - 2]!, histograms[until - 1]!];
    const isGauge = before.hint === 'gauge' && last.hint === 'gauge';
    if (perSecond && (before.hint === 'gauge' || last.hint === 'gauge')) notes.isNo('counter');
    if (!perSecond && !isGauge) notes.isNo('gauge');
    const change = perSecond && isReset(last, before) ? last : subtractHistograms(last, before);
    if (typeof change === 'string') {
      notes.incompatible(change);
      return undefined;
    }
    const seconds = (times[until - 1]! - times[until - 2]!) / 1000;
    return { ...(perSecond ? scaleHistogram(change, 1 / seconds) : change), hint: 'gauge' };
  };
}
