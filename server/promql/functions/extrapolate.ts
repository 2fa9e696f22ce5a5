import type { Window } from './range-functions.ts';

/**
 * The change over the whole range from samples that lie within it: the change between first and last, carried on to the
 * range's ends where the samples come close enough to them, and never below where a counter was zero.
 */
export function extrapolate(
  window: Window,
  { isCounter, perSecond }: { isCounter: boolean; perSecond: boolean },
): number | undefined {
  const { timestamps, values, from, until, startMs, endMs } = window;
  const intervals = until - from - 1;
  if (intervals < 1) return undefined;
  const [firstMs, lastMs] = [timestamps[from]!, timestamps[until - 1]!];
  const first = values[from]!;
  let change = values[until - 1]! - first;
  if (isCounter && window.everResets) {
    for (let place = from + 1; place < until; place++) {
      if (values[place]! < values[place - 1]!) change += values[place - 1]!;
    }
  }
  const zero = isCounter && change > 0 && first >= 0 ? first / change : Infinity;
  const factor = extrapolationFactor(startMs, endMs, firstMs, lastMs, intervals, zero);
  return change * (perSecond ? factor / ((endMs - startMs) / 1000) : factor);
}

/**
 * By how much the change from the first to the last of so many intervals is carried on. `zero` is how many times as long as
 * that before the first sample a counter would have been zero.
 */
export function extrapolationFactor(
  startMs: number,
  endMs: number,
  firstMs: number,
  lastMs: number,
  intervals: number,
  zero: number,
): number {
  const sampled = (lastMs - firstMs) / 1000;
  const average = sampled / intervals;
  const farthest = average * 1.1;
  let toStart = (firstMs - startMs) / 1000;
  let toEnd = (endMs - lastMs) / 1000;
  if (toStart >= farthest) toStart = average / 2;
  if (zero < Infinity) toStart = Math.min(toStart, sampled * zero);
  if (toEnd >= farthest) toEnd = average / 2;
  return (sampled + toStart + toEnd) / sampled;
}
