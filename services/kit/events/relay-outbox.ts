import { sql, type Kysely } from 'kysely';
import type { EventTables } from './tables.ts';
import type { Transport } from './transport.ts';

const BATCH_MAX = 100;

/** Sends what the outbox holds, oldest first, and answers how many; one instance at a time, so that order is kept. */
export async function relayOutbox(db: Kysely<EventTables>, transport: Transport): Promise<number> {
  // Mostly there is nothing, and one look is all that costs.
  if (!(await db.selectFrom('outbox').select('position').limit(1).executeTakeFirst())) return 0;
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ mine: boolean }>`
      SELECT pg_try_advisory_xact_lock(hashtextextended(current_schema() || '.outbox', 0)) AS mine`.execute(trx);
    if (!rows[0]?.mine) return 0;
    const events = await trx.selectFrom('outbox').selectAll().orderBy('position').limit(BATCH_MAX).execute();
    if (events.length === 0) return 0;
    await transport.publish(
      events.map(({ id, type, key, payload, headers, occurred_at }) => ({
        id,
        type,
        key,
        payload,
        headers,
        occurredAt: occurred_at.toISOString(),
      })),
    );
    // Dies it here, they are sent again; who consumes knows them by their ids.
    await trx
      .deleteFrom('outbox')
      .where(
        'position',
        'in',
        events.map(({ position }) => position),
      )
      .execute();
    return events.length;
  });
}
