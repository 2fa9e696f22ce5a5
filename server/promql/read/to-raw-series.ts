import type { RawSeries } from '../evaluate/values.ts';
import type { Labels } from '../labels/labels.ts';
import type { SampleRun } from './native-samples.ts';
import { orderSamples } from './order-samples.ts';

const STALE_HI = 0x7ff0_0000;
const STALE_LO = 0x0000_0002;

/** Samples in the order of time, once each, with those marked that say that the series has ended. */
export function toRawSeries(labels: Labels, beginMs: number, run: SampleRun, times: TimesPool): RawSeries {
  const { offsets, values } = orderSamples(run);
  return { labels, timestamps: times.share(beginMs, offsets), values, stale: markStale(values) };
}

/** The one NaN that marks an end is told by its bits, which reading it as a number may change. */
function markStale(values: Float64Array): Uint8Array | undefined {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  let stale: Uint8Array | undefined;
  for (let place = 0; place < values.length; place++) {
    if (bits[2 * place + 1] !== STALE_HI || bits[2 * place] !== STALE_LO) continue;
    stale ??= new Uint8Array(values.length);
    stale[place] = 1;
  }
  return stale;
}

/** All series of a target have the same times: they are held once. */
export class TimesPool {
  readonly #known = new Map<string, Float64Array[]>();

  share(beginMs: number, offsets: SampleRun['offsets']): Float64Array {
    const key = `${offsets.length} ${offsets[0] ?? 0} ${offsets.at(-1) ?? 0}`;
    const alike = this.#known.get(key) ?? [];
    const same = alike.find((times) => isSame(times, beginMs, offsets));
    if (same) return same;
    const times = new Float64Array(offsets.length);
    for (let place = 0; place < times.length; place++) times[place] = beginMs + offsets[place]!;
    // Targets that only nearly agree would make each search longer; few of them are enough to find those that do.
    if (alike.length < ALIKE_MAX) this.#known.set(key, [...alike, times]);
    return times;
  }
}

const ALIKE_MAX = 8;

function isSame(times: Float64Array, beginMs: number, offsets: SampleRun['offsets']): boolean {
  for (let place = 0; place < times.length; place++) if (times[place] !== beginMs + offsets[place]!) return false;
  return true;
}
