import type { Change } from '#server/changes/schema.ts';

/** The last of the changes that say the same of the same thing. */
export interface FoldedChange extends Change {
  times: number;
  firstMs: number;
}

/**
 * Newest first, as they come: a breaker that tries again every half minute, and a rule that fires and rests, would else
 * fill the hour and hide what began it.
 */
export function foldChanges(changes: readonly Change[]): FoldedChange[] {
  const folded = new Map<string, FoldedChange>();
  for (const change of changes) {
    const same = `${change.title}\n${change.href}`;
    const newest = folded.get(same);
    if (!newest) folded.set(same, { ...change, times: 1, firstMs: change.tMs });
    else folded.set(same, { ...newest, times: newest.times + 1, firstMs: change.tMs });
  }
  return [...folded.values()];
}
