import type { ErrorGroup, FirstSeen } from '#server/error-groups/schema.ts';

/** A kind of failure with what is known of its past. */
export interface DatedGroup extends ErrorGroup {
  /** Never seen before the range; null while that is not known. */
  isNew: boolean | null;
}

/** Joins the groups of the range with when they were first seen before it; undefined when that is not answered. */
export function mergeFirstSeen(groups: readonly ErrorGroup[], seen: readonly FirstSeen[] | undefined): DatedGroup[] {
  const first = new Map(seen?.map(({ fingerprint, firstMs }) => [fingerprint, firstMs]));
  return groups.map((group) => ({
    ...group,
    firstMs: Math.min(group.firstMs, first.get(group.fingerprint) ?? group.firstMs),
    isNew: seen ? !first.has(group.fingerprint) : null,
  }));
}
