import type { Kysely } from 'kysely';
import { ServiceError } from '../errors.ts';
import { applyEvent } from './apply-event.ts';
import type { Handlers } from './handlers.ts';
import { asProcessed } from './message-span.ts';
import { buryEvent } from './bury-event.ts';
import { CORRELATION_HEADER, type EventEnvelope } from './event.ts';
import { eventTables, type DeadLetterRow, type DeadLetterStatus, type EventTables } from './tables.ts';
import type { MessagingSystem } from './transport.ts';

const LISTED_MAX = 200;

export interface DeadLetterSummary {
  eventId: string;
  type: string;
  key: string;
  attempts: number;
  error: string;
  status: DeadLetterStatus;
  reason: string | null;
  occurredAt: Date;
  deadAt: Date;
  resolvedAt: Date | null;
  traceId: string;
}

export interface DeadLetter extends DeadLetterSummary {
  payload: unknown;
  headers: Record<string, string>;
}

export async function listDeadLetters(db: Kysely<EventTables>, status: DeadLetterStatus): Promise<DeadLetterSummary[]> {
  const rows = await db
    .selectFrom('dead_letters')
    .selectAll()
    .where('status', '=', status)
    .orderBy('dead_at', 'desc')
    .limit(LISTED_MAX)
    .execute();
  return rows.map((row) => {
    const { payload: _, headers: __, ...summary } = toDeadLetter(row);
    return summary;
  });
}

export async function getDeadLetter(db: Kysely<EventTables>, eventId: string): Promise<DeadLetter> {
  return toDeadLetter(await find(db, eventId));
}

/** Applies a dead letter again, here and now: applied, it is resolved in the same transaction; else it stays, with the new error. */
export async function redriveDeadLetter<Tables extends EventTables>(
  {
    db,
    handlers,
    group,
    system,
  }: { db: Kysely<Tables>; handlers: Handlers<Tables>; group: string; system: MessagingSystem },
  eventId: string,
): Promise<DeadLetter> {
  const row = await find(eventTables(db), eventId);
  mustBeOpen(row);
  const event = toEnvelope(row);
  const attempt = row.attempts + 1;
  const message = { ...event, correlationId: event.headers[CORRELATION_HEADER], group, attempt };
  try {
    await asProcessed(system, message, async () => {
      try {
        await applyEvent(db, handlers, event, (trx) => resolve(eventTables(trx), eventId, 'redriven', null));
      } catch (error) {
        await buryEvent(eventTables(db), event, { attempts: attempt, error: (error as Error).message });
        throw error;
      }
    });
  } catch (cause) {
    throw new ServiceError('CONFLICT', `It failed again: ${(cause as Error).message}`, { cause });
  }
  return getDeadLetter(eventTables(db), eventId);
}

/** Gives up on a dead letter; it stays to be read, with the reason. */
export async function discardDeadLetter(db: Kysely<EventTables>, eventId: string, reason: string): Promise<DeadLetter> {
  mustBeOpen(await find(db, eventId));
  await resolve(db, eventId, 'discarded', reason);
  return getDeadLetter(db, eventId);
}

async function resolve(
  db: Kysely<EventTables>,
  eventId: string,
  status: 'redriven' | 'discarded',
  reason: string | null,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('dead_letters')
    .set({ status, reason, resolved_at: new Date() })
    .where('event_id', '=', eventId)
    .where('status', '=', 'open')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n)
    throw new ServiceError('CONFLICT', 'Somebody else decided about this dead letter just now.');
}

async function find(db: Kysely<EventTables>, eventId: string): Promise<DeadLetterRow> {
  const row = await db.selectFrom('dead_letters').selectAll().where('event_id', '=', eventId).executeTakeFirst();
  if (!row) throw new ServiceError('NOT_FOUND', 'There is no such dead letter here.');
  return row;
}

function mustBeOpen({ status }: DeadLetterRow): void {
  if (status !== 'open') throw new ServiceError('CONFLICT', `This dead letter was ${status} already.`);
}

function toEnvelope(row: DeadLetterRow): EventEnvelope {
  const { event_id: id, type, key, payload, headers, occurred_at } = row;
  return { id, type, key, payload, headers, occurredAt: occurred_at.toISOString() };
}

function toDeadLetter(row: DeadLetterRow): DeadLetter {
  return {
    eventId: row.event_id,
    type: row.type,
    key: row.key,
    attempts: row.attempts,
    error: row.error,
    status: row.status,
    reason: row.reason,
    occurredAt: row.occurred_at,
    deadAt: row.dead_at,
    resolvedAt: row.resolved_at,
    traceId: row.trace_id,
    payload: row.payload,
    headers: row.headers,
  };
}
