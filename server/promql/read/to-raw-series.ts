import type { RawSeries } from '../evaluate/values.ts';
import type { Labels } from '../labels/labels.ts';
import type { SampleRun } from './native-samples.ts';

const STALE_HI = 0x7ff0_0000;
const STALE_LO = 0x0000_0002;

/** Samples in the order of time, once each, with those marked that say that the series has ended. */
export function toRawSeries(labels: Labels, beginMs: number, { offsets, values }: SampleRun): RawSeries {
  const timestamps = new Float64Array(values.length);
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  let stale: Uint8Array | undefined;
  let ordered = true;
  for (let place = 0; place < values.length; place++) {
    timestamps[place] = beginMs + offsets[place]!;
    if (place > 0 && offsets[place]! <= offsets[place - 1]!) ordered = false;
    // The one NaN that marks an end is told by its bits, which reading it as a number may change.
    if (bits[2 * place + 1] !== STALE_HI || bits[2 * place] !== STALE_LO) continue;
    stale ??= new Uint8Array(values.length);
    stale[place] = 1;
  }
  const series = { labels, timestamps, values, stale };
  return ordered ? series : inOrder(series);
}

/** The store reads its parts side by side; and a sample that was sent again counts once. */
function inOrder({ labels, timestamps, values, stale }: RawSeries): RawSeries {
  const places = Uint32Array.from(timestamps, (_, place) => place).toSorted(
    (a, b) => timestamps[a]! - timestamps[b]! || a - b,
  );
  const once = places.filter((place, rank) => timestamps[place] !== timestamps[places[rank + 1]!]);
  return {
    labels,
    timestamps: Float64Array.from(once, (place) => timestamps[place]!),
    values: Float64Array.from(once, (place) => values[place]!),
    stale: stale && Uint8Array.from(once, (place) => stale[place]!),
  };
}
