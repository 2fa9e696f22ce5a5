import type { Silence as SilenceRow } from '#prisma/generated/client.ts';
import type { Silence, SilenceState } from './schema.ts';

export function stateOf({ startsAt, endsAt }: Pick<SilenceRow, 'startsAt' | 'endsAt'>, now: Date): SilenceState {
  if (endsAt <= now) return 'expired';
  return startsAt <= now ? 'active' : 'pending';
}

export function toSilence(row: SilenceRow, now: Date, silences: number): Silence {
  return {
    id: row.id,
    matchers: row.matchers as unknown as Silence['matchers'],
    startsAtMs: row.startsAt.getTime(),
    endsAtMs: row.endsAt.getTime(),
    author: row.author,
    comment: row.comment,
    createdAtMs: row.createdAt.getTime(),
    updatedAtMs: row.updatedAt.getTime(),
    state: stateOf(row, now),
    silences,
  };
}
