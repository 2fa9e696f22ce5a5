import type { SampleRun } from './native-samples.ts';

/**
 * Samples in the order of time, once each. The store reads its parts side by side: what it answers is a few pieces in the
 * order of time each, which hardly ever overlap.
 */
export function orderSamples(run: SampleRun): SampleRun {
  const starts = pieceStarts(run.offsets);
  if (starts.length <= 1) return run;
  const { id, offsets, values } = run;
  const pieces = starts.map((start, place) => ({ start, end: starts[place + 1] ?? offsets.length }));
  pieces.sort((a, b) => offsets[a.start]! - offsets[b.start]! || a.start - b.start);
  if (pieces.some(({ start }, place) => place > 0 && offsets[start]! <= offsets[pieces[place - 1]!.end - 1]!)) {
    return sortSamples(run);
  }
  const ordered: SampleRun = { id, offsets: likeOf(offsets, offsets.length), values: new Float64Array(values.length) };
  let at = 0;
  for (const { start, end } of pieces) {
    ordered.offsets.set(offsets.subarray(start, end), at);
    ordered.values.set(values.subarray(start, end), at);
    at += end - start;
  }
  return ordered;
}

function pieceStarts(offsets: SampleRun['offsets']): number[] {
  const starts = [0];
  for (let place = 1; place < offsets.length; place++) if (offsets[place]! <= offsets[place - 1]!) starts.push(place);
  return starts;
}

/** A sample that was sent again counts once. */
function sortSamples({ id, offsets, values }: SampleRun): SampleRun {
  const places = Uint32Array.from(offsets, (_, place) => place).toSorted((a, b) => offsets[a]! - offsets[b]! || a - b);
  const once = places.filter((place, rank) => offsets[place] !== offsets[places[rank + 1]!]);
  const ordered: SampleRun = { id, offsets: likeOf(offsets, once.length), values: new Float64Array(once.length) };
  once.forEach((place, rank) => {
    ordered.offsets[rank] = offsets[place]!;
    // As a piece: a number that is read and written again may lose the bits that tell one NaN from another.
    ordered.values.set(values.subarray(place, place + 1), rank);
  });
  return ordered;
}

function likeOf(offsets: SampleRun['offsets'], length: number): SampleRun['offsets'] {
  return offsets instanceof Uint32Array ? new Uint32Array(length) : new Float64Array(length);
}
