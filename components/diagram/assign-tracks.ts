export interface Interval {
  key: string;
  from: number;
  to: number;
}

/**
 * Gives every interval the lowest track on which it touches no other, shorter ones first so that they lie nearest to the boxes.
 * The answer depends on nothing but the intervals.
 */
export function assignTracks(
  intervals: readonly Interval[],
  gap: number,
): { track: Map<string, number>; tracks: number } {
  const ordered = [...intervals]
    .map(({ key, from, to }) => ({ key, low: Math.min(from, to), high: Math.max(from, to) }))
    .toSorted((a, b) => a.high - a.low - (b.high - b.low) || a.low - b.low || (a.key < b.key ? -1 : 1));
  const taken: { low: number; high: number }[][] = [];
  const track = new Map<string, number>();
  for (const { key, low, high } of ordered) {
    const isFree = (others: { low: number; high: number }[]) =>
      others.every((other) => high + gap <= other.low || low >= other.high + gap);
    let index = taken.findIndex(isFree);
    if (index < 0) index = taken.push([]) - 1;
    taken[index]?.push({ low, high });
    track.set(key, index);
  }
  return { track, tracks: taken.length };
}
