import type { Kysely } from 'kysely';
import { currentTraceId } from '../trace-id.ts';
import type { EventEnvelope } from './event.ts';
import type { EventTables } from './tables.ts';

/** Puts an event among the dead letters; one that lies there already is opened again. */
export async function buryEvent(
  db: Kysely<EventTables>,
  { id, type, key, payload, headers, occurredAt }: EventEnvelope,
  { attempts, error }: { attempts: number; error: string },
): Promise<void> {
  const failure = { attempts, error, trace_id: currentTraceId() };
  await db
    .insertInto('dead_letters')
    .values({
      event_id: id,
      type,
      key,
      payload: JSON.stringify(payload),
      headers,
      occurred_at: new Date(occurredAt),
      reason: null,
      resolved_at: null,
      ...failure,
    })
    .onConflict((conflict) =>
      conflict.column('event_id').doUpdateSet({ ...failure, status: 'open', reason: null, resolved_at: null }),
    )
    .execute();
}
