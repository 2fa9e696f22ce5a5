import fc from 'fast-check';

/** Buckets of one sign in the form of Prometheus: spans with counts, and the same as a plain list. */
export const nativeSide = fc
  .array(fc.record({ gap: fc.nat(20), counts: fc.array(fc.nat(1_000_000), { maxLength: 6 }) }), { maxLength: 4 })
  .chain((runs) => fc.integer({ min: -300, max: 300 }).map((start) => ({ runs, start })))
  .map(({ runs, start }) => {
    const spans = runs.map(({ gap, counts }, place) => ({ offset: place === 0 ? start : gap, length: counts.length }));
    const counts = runs.flatMap((run) => run.counts);
    const buckets: [number, number][] = [];
    let index = 0;
    for (const [place, { offset }] of spans.entries()) {
      index += offset;
      for (const count of runs[place]!.counts) buckets.push([index++, count]);
    }
    return {
      spans,
      counts,
      deltas: counts.map((count, place) => count - (counts[place - 1] ?? 0)),
      populated: buckets.filter(([, count]) => count !== 0),
    };
  });
export type NativeSide = typeof nativeSide extends fc.Arbitrary<infer T> ? T : never;

export const nativeHistogram = fc.record({
  schema: fc.integer({ min: -4, max: 8 }),
  zeroThreshold: fc.constantFrom(0, 1e-128, 0.001),
  zeroCount: fc.nat(1000),
  sum: fc.double({ noNaN: true }),
  resetHint: fc.integer({ min: 0, max: 3 }),
  isFloat: fc.boolean(),
  positive: nativeSide,
  negative: nativeSide,
});
export type NativeModel = typeof nativeHistogram extends fc.Arbitrary<infer T> ? T : never;

/** Half a count more each, where counts are floats. */
export function countsOf({ counts }: NativeSide, isFloat: boolean): number[] {
  return isFloat ? counts.map((count) => count && count + 0.5) : counts;
}

export function populatedOf({ populated }: NativeSide, isFloat: boolean): [number, number][] {
  return isFloat ? populated.map(([index, count]) => [index, count + 0.5]) : populated;
}

export function countOf({ zeroCount, positive, negative, isFloat }: NativeModel): number {
  return [zeroCount, ...countsOf(positive, isFloat), ...countsOf(negative, isFloat)].reduce((a, b) => a + b, 0);
}
