import { createHash, randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { ServiceError } from '../errors.ts';
import { decideTurn, type Turn } from './decide-turn.ts';
import { keyReused } from './idempotency-key.ts';
import type { IdempotencyTables } from './tables.ts';

const KEPT_MS = 24 * 3_600_000;
/**
 * Longer than the gateway lets anybody wait: a try that is older is taken for dead. One that lives all the same does no harm:
 * it can begin nothing any more, and what it began is found by the next.
 */
const BUSY_MAX_MS = 10_000;
const RETRY_AFTER_S = 1;

export interface KeyedRequest {
  userId: string;
  key: string;
  /** What is asked for, as it was parsed: another wording of the same is the same. */
  input: unknown;
}

export interface Try {
  /** What an earlier try began, of which nobody knows yet what became. */
  earlierId: string | null;
  /** Notes what this try begins, by the transaction that begins it; throws when another try has taken over. */
  begin: (trx: Kysely<IdempotencyTables>, subjectId: string) => Promise<void>;
}

/**
 * Does `work` once for each key of a user and answers the same for a day. A failure is not kept: the next try with the key
 * is told what the failed one began. Throws UNPROCESSABLE for a key of another request, CONFLICT while a try is under way.
 */
export async function doOnce<Answer>(
  db: Kysely<IdempotencyTables>,
  request: KeyedRequest,
  work: (attempt: Try) => Promise<Answer>,
  now: () => number = Date.now,
): Promise<{ answer: Answer; isReplayed: boolean }> {
  const turnId = randomUUID();
  const turn = await db.transaction().execute((trx) => takeTurn(trx, request, turnId, now()));
  if (turn.kind === 'reused') throw keyReused();
  if (turn.kind === 'busy') throw underWay();
  // Safe because only this service writes answers under this request's fingerprint.
  if (turn.kind === 'replay') return { answer: turn.answer as Answer, isReplayed: true };
  const own = { user_id: request.userId, key: request.key, turn: turnId };
  try {
    const answer = await work({
      earlierId: turn.kind === 'again' ? turn.subjectId : null,
      begin: async (trx, subjectId) => {
        const { numUpdatedRows } = await set(trx, own, { subject_id: subjectId });
        if (numUpdatedRows === 0n) throw underWay();
      },
    });
    await set(db, own, { answer: JSON.stringify(answer) });
    return { answer, isReplayed: false };
  } catch (error) {
    // With the database away it stays taken until its time is over, and what failed is what the caller is to hear.
    await set(db, own, { busy_until: new Date(now()) }).catch(() => {});
    throw error;
  }
}

async function takeTurn(
  trx: Kysely<IdempotencyTables>,
  { userId, key, input }: KeyedRequest,
  turnId: string,
  now: number,
): Promise<Turn> {
  const fingerprint = createHash('sha256').update(JSON.stringify(input)).digest('hex');
  const fresh = { fingerprint, turn: turnId, busy_until: new Date(now + BUSY_MAX_MS), answer: null };
  const expires = { expires_at: new Date(now + KEPT_MS) };
  const inserted = await trx
    .insertInto('idempotency_keys')
    .values({ user_id: userId, key, subject_id: null, ...fresh, ...expires })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst();
  if (inserted) return { kind: 'first' };
  const known = await trx
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .forUpdate()
    .executeTakeFirst();
  // It was forgotten in this moment: the next try finds it free.
  if (!known) return { kind: 'busy' };
  const turn = decideTurn(known, fingerprint, now);
  if (turn.kind === 'first' || turn.kind === 'again')
    await trx
      .updateTable('idempotency_keys')
      .set(turn.kind === 'again' ? fresh : { ...fresh, ...expires, subject_id: null })
      .where('user_id', '=', userId)
      .where('key', '=', key)
      .execute();
  return turn;
}

type Own = { user_id: string; key: string; turn: string };
type Change = { subject_id: string } | { answer: string } | { busy_until: Date };

function set(db: Kysely<IdempotencyTables>, own: Own, change: Change) {
  return db
    .updateTable('idempotency_keys')
    .set(change)
    .where('user_id', '=', own.user_id)
    .where('key', '=', own.key)
    .where('turn', '=', own.turn)
    .executeTakeFirstOrThrow();
}

function underWay(): ServiceError {
  return new ServiceError('CONFLICT', 'A request with this idempotency key is under way. Ask again in a moment.', {
    retryAfterS: RETRY_AFTER_S,
  });
}
