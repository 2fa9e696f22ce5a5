import type pg from 'pg';
import { nameOf, type EventEnvelope } from '../event.ts';

/** A group that is new, or was away, finds this much of what was. */
const KEPT_DAYS = 7;
/** Held while a group begins, so that what is published meanwhile is queued either by the publisher or by it. */
const LOCK = `hashtextextended('switchyard.events.subscriptions', 0)`;

export interface Claimed {
  position: string;
  envelope: unknown;
  attempt: number;
}

/** Keeps events and queues them for every group that wants them; one that is kept already is left alone. */
export async function publish(pool: pg.Pool, events: readonly EventEnvelope[]): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query(`SELECT pg_advisory_xact_lock_shared(${LOCK})`);
    await client.query(
      `WITH sent AS (
         SELECT * FROM jsonb_to_recordset($1) AS event (id uuid, name text, envelope jsonb)
       ), kept AS (
         INSERT INTO events.log (id, name, envelope) SELECT id, name, envelope FROM sent
         ON CONFLICT (id) DO NOTHING RETURNING position, name
       )
       INSERT INTO events.queue (consumer_group, position)
       SELECT consumer_group, position FROM kept JOIN events.subscriptions USING (name)`,
      [JSON.stringify(events.map((envelope) => ({ id: envelope.id, name: nameOf(envelope.type), envelope })))],
    );
  });
}

/** From now on the group misses nothing of these names; at first it is given what the log still holds of them. */
export async function subscribe(pool: pg.Pool, group: string, names: readonly string[]): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
    await client.query('DELETE FROM events.subscriptions WHERE consumer_group = $1 AND name <> ALL ($2)', [
      group,
      names,
    ]);
    await client.query(
      `WITH fresh AS (
         INSERT INTO events.subscriptions (consumer_group, name) SELECT $1, unnest($2::text[])
         ON CONFLICT DO NOTHING RETURNING name
       )
       INSERT INTO events.queue (consumer_group, position)
       SELECT $1, position FROM events.log JOIN fresh USING (name)
       ON CONFLICT DO NOTHING`,
      [group, names],
    );
  });
}

/** The oldest delivery that is due, invisible to the others of the group for `leaseMs`. */
export async function claim(pool: pg.Pool, group: string, leaseMs: number): Promise<Claimed | null> {
  const { rows } = await pool.query<Claimed>(
    `UPDATE events.queue AS queued
     SET attempts = attempts + 1, available_at = now() + $2 * interval '1 millisecond'
     FROM events.log AS log
     WHERE log.position = queued.position AND queued.consumer_group = $1 AND queued.position = (
       SELECT position FROM events.queue WHERE consumer_group = $1 AND available_at <= now()
       ORDER BY position LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING queued.position, queued.attempts AS attempt, log.envelope`,
    [group, leaseMs],
  );
  return rows[0] ?? null;
}

export async function remove(pool: pg.Pool, group: string, position: string): Promise<void> {
  await pool.query('DELETE FROM events.queue WHERE consumer_group = $1 AND position = $2', [group, position]);
}

/** Gives a delivery back, to come again after a pause as the next attempt after `attempt`. */
export async function release(
  pool: pg.Pool,
  group: string,
  { position, attempt }: { position: string; attempt: number },
  delayMs: number,
): Promise<void> {
  await pool.query(
    `UPDATE events.queue SET available_at = now() + $3 * interval '1 millisecond', attempts = $4
     WHERE consumer_group = $1 AND position = $2`,
    [group, position, delayMs, attempt],
  );
}

/** What nobody waits for any more goes after a week. */
export async function forgetDelivered(pool: pg.Pool): Promise<void> {
  await pool.query(
    `DELETE FROM events.log WHERE published_at < now() - $1 * interval '1 day'
     AND NOT EXISTS (SELECT FROM events.queue WHERE queue.position = log.position)`,
    [KEPT_DAYS],
  );
}

async function inTransaction(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('BEGIN');
    await work(client);
    await client.query('COMMIT');
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    // A connection in an unknown state is closed, which rolls back.
    client.release(failure);
  }
}
