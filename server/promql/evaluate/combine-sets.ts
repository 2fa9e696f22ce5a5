import type { Matching, SetOp } from '../ast.ts';
import { matchSignature } from './signature.ts';
import { isPopulated, mergeSameLabels, presenceOf, type VectorSeries } from './values.ts';

/** `and`, `or` and `unless`: which of the samples stay, decided step by step. */
export function combineSets(
  op: SetOp,
  matching: Matching,
  left: VectorSeries[],
  right: VectorSeries[],
  count: number,
): VectorSeries[] {
  const signature = matchSignature(matching);
  const keyOf = ({ labels }: VectorSeries) => signature(labels).key;
  if (op === 'or') {
    const inLeft = presence(left, keyOf, count);
    const added = right.map((row) => mask(row, inLeft.get(keyOf(row)), 0));
    return mergeSameLabels([...left, ...added]);
  }
  const inRight = presence(right, keyOf, count);
  const kept = left.map((row) => mask(row, inRight.get(keyOf(row)), op === 'and' ? 1 : 0));
  return kept.filter(isPopulated);
}

/** At which steps any series of a signature has a value. */
function presence(rows: VectorSeries[], keyOf: (row: VectorSeries) => string, count: number): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (const row of rows) {
    const key = keyOf(row);
    const steps = found.get(key) ?? new Uint8Array(count);
    found.set(key, steps);
    const present = presenceOf(row);
    for (let step = 0; step < count; step++) steps[step]! |= present[step]!;
  }
  return found;
}

/** Keeps the steps where `other` is as wanted; no `other` is one without any value. */
function mask(row: VectorSeries, other: Uint8Array | undefined, wanted: 0 | 1): VectorSeries {
  const has = row.has.map((present, step) => (present === 1 && (other?.[step] ?? 0) === wanted ? 1 : 0));
  if (!row.histograms) return { ...row, has };
  const stays = (step: number) => (other?.[step] ?? 0) === wanted;
  return { ...row, has, histograms: row.histograms.map((one, step) => (stays(step) ? one : undefined)) };
}
