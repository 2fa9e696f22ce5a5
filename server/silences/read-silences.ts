import type { Db } from '#server/db.ts';
import type { Matcher } from '#server/notify/matchers/matcher.ts';

/** More silences at once than a team can oversee. */
export const SILENCES_MAX = 1_000;

export interface StoredSilence {
  id: string;
  matchers: Matcher[];
  startsAtMs: number;
  endsAtMs: number;
  author: string;
  comment: string;
}

/** The silences that are in force at `now` or will be. */
export async function readSilences(db: Db, now: Date): Promise<StoredSilence[]> {
  const rows = await db.silence.findMany({
    where: { endsAt: { gt: now } },
    orderBy: { id: 'asc' },
    take: SILENCES_MAX,
  });
  return rows.map(({ id, matchers, startsAt, endsAt, author, comment }) => ({
    id,
    matchers: matchers as unknown as Matcher[],
    startsAtMs: startsAt.getTime(),
    endsAtMs: endsAt.getTime(),
    author,
    comment,
  }));
}
