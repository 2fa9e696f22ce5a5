import type { Position } from '../ast.ts';
import { hashLabels } from '../labels/hash-labels.ts';
import { formatFloat } from '../print/format-float.ts';
import { PromqlError } from '../promql-error.ts';
import type { Evaluation } from './evaluation.ts';
import type { VectorSeries } from './values.ts';

const HASH_MAX = 2 ** 64;

/**
 * The rows whose hash lies in a share of all hashes, at the steps where they are: from below for a ratio over 0, from above for
 * one under 0, so that r and r - 1 pick all of them between them.
 */
export function limitRatio(rows: readonly VectorSeries[], ratios: Float64Array): VectorSeries[] {
  return rows.map((row) => {
    const place = Number(hashLabels(row.labels)) / HASH_MAX;
    return { ...row, has: row.has.map((present, step) => present & Number(isPicked(place, ratios[step]!))) };
  });
}

function isPicked(place: number, ratio: number): boolean {
  return ratio >= 0 ? place < ratio : place >= 1 + ratio;
}

/** Ratios between -1 and 1; the query is told of others. */
export function checkRatios(evaluation: Evaluation, ratios: Float64Array, position: Position): Float64Array {
  return ratios.map((ratio) => {
    if (Number.isNaN(ratio)) throw new PromqlError('execution', 'Ratio value is NaN');
    const bounded = Math.max(-1, Math.min(1, ratio));
    if (bounded !== ratio) {
      const [said, used] = [ratio, bounded].map((one) => formatFloat(one, 'g'));
      evaluation.warn(`ratio value should be between -1 and 1, got ${said}, capping to ${used}`, position);
    }
    return bounded;
  });
}
