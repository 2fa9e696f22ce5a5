import type { TraceDifferenceRow } from '#server/store/queries/trace-differences.ts';
import type { TraceDifference } from './schema.ts';

/** What differs by less than this is chance. */
const DIFFERENCE_MIN = 0.02;
const DIFFERENCES_MAX = 60;

/** The share of each value in the selection and in the rest, the largest difference first; without a second set there is none. */
export function rankDifferences(
  rows: readonly TraceDifferenceRow[],
  selected: number,
  others: number,
): TraceDifference[] {
  if (selected === 0 || others === 0) return [];
  return rows
    .flatMap(({ field, key, value, ...row }) =>
      field === 'trace'
        ? []
        : [{ field, key, value, selectedShare: row.selected / selected, othersShare: row.others / others }],
    )
    .filter((row) => sizeOf(row) >= DIFFERENCE_MIN)
    .toSorted((a, b) => sizeOf(b) - sizeOf(a))
    .slice(0, DIFFERENCES_MAX);
}

function sizeOf({ selectedShare, othersShare }: TraceDifference): number {
  return Math.abs(selectedShare - othersShare);
}
