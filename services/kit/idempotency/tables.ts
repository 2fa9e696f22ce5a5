import type { Generated, Kysely, Selectable } from 'kysely';

/** In the schema of every service that opens its database with `idempotencyKeys` (migrations/001_idempotency_keys.sql). */
export interface IdempotencyTables {
  idempotency_keys: {
    user_id: string;
    key: string;
    fingerprint: string;
    turn: string;
    busy_until: Date;
    subject_id: string | null;
    answer: unknown;
    created_at: Generated<Date>;
    expires_at: Date;
  };
}

export type IdempotencyRow = Selectable<IdempotencyTables['idempotency_keys']>;

/** Safe because only the table above is touched through it. */
export function idempotencyTables<Tables extends IdempotencyTables>(db: Kysely<Tables>): Kysely<IdempotencyTables> {
  return db as unknown as Kysely<IdempotencyTables>;
}
