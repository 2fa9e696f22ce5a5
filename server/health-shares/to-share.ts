import type { HealthShare as Row } from '#prisma/generated/client.ts';
import type { HealthShare, HealthShareState } from './schema.ts';

/** Whether a link opens anything at `now`. Revoked comes first: somebody decided it. */
export function shareState(
  { expiresAt, revokedAt }: Pick<Row, 'expiresAt' | 'revokedAt'>,
  now: Date,
): HealthShareState {
  if (revokedAt) return 'revoked';
  return expiresAt.getTime() <= now.getTime() ? 'expired' : 'open';
}

/** The link as the API tells it, without its hash. */
export function toShare(row: Row, now: Date): HealthShare {
  return {
    id: row.id,
    note: row.note,
    state: shareState(row, now),
    createdMs: row.createdAt.getTime(),
    createdBy: row.createdBy,
    expiresMs: row.expiresAt.getTime(),
    revokedMs: row.revokedAt?.getTime() ?? null,
  };
}
