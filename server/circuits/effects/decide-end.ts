import type { AuditLine } from '#server/audit/list-audit.ts';

/** Deeds that change what callers get; a shadow changes nothing, and a probe only asks. */
const ACTING = new Set([
  'circuits.force',
  'circuits.release',
  'circuits.tune',
  'circuits.restore',
  'circuits.applyShadow',
]);

export function isActing({ verb }: Pick<AuditLine, 'verb'>): boolean {
  return ACTING.has(verb);
}

/** Until when what follows a deed can be held to it: the next one that acts, or the end of the force itself. */
export function decideEnd(deed: AuditLine, deeds: readonly AuditLine[]): number | undefined {
  const next = deeds.filter((one) => isActing(one) && one.atMs > deed.atMs).map(({ atMs }) => atMs);
  const until = deed.verb === 'circuits.force' ? Date.parse(String(deed.input.until)) : NaN;
  const ends = Number.isFinite(until) ? [...next, until] : next;
  return ends.length === 0 ? undefined : Math.min(...ends);
}
