import type { Db } from '#server/db.ts';
import type { Episode } from './decide.ts';

/** The alerts of a rule that have begun and not ended. */
export async function readEpisodes(db: Db, ruleKey: string): Promise<Episode[]> {
  const rows = await db.alert.findMany({ where: { ruleKey, openKey: { not: null } }, orderBy: { activeSince: 'asc' } });
  return rows.map((row) => ({
    fingerprint: row.fingerprint,
    labels: row.labels as Record<string, string>,
    annotations: row.annotations as Record<string, string>,
    value: row.value ?? Number.NaN,
    state: row.state === 'firing' ? 'firing' : 'pending',
    activeSinceMs: row.activeSince.getTime(),
    firedMs: row.firedAt?.getTime() ?? null,
    keepFiringSinceMs: row.keepFiringSince?.getTime() ?? null,
  }));
}
