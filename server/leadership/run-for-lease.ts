import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '#server/log.ts';
import type { Lease } from './lease.ts';

const RETRY_MS = 1_000;
const HEARTBEAT_MS = 3_000;
const HEARTBEAT_TIMEOUT_MS = 3_000;

export interface Candidate {
  databaseUrl: string;
  /** The role; one process at a time holds it. */
  name: string;
  /** Who we are, for people who look into the table. */
  holder: string;
  log: Log;
  onElected: (lease: Lease) => void;
  /** Awaited before we run again. */
  onLost: () => Promise<void> | void;
}

/**
 * Runs for a role until stopped. The role is a Postgres advisory lock, which a process that dies gives up with its connection; the epoch
 * counts elections, so that a holder that was only slow is told apart from its successor (see `assertHeld`).
 */
export function runForLease(candidate: Candidate): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const loop = async () => {
    while (!stopping.signal.aborted) {
      try {
        await holdOnce(candidate, stopping.signal);
      } catch (error) {
        if (!stopping.signal.aborted)
          candidate.log.warn({ err: error, role: candidate.name }, 'the election is repeated');
      }
      await pause(RETRY_MS, stopping.signal);
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** One connection: waits for the lock on it, and holds it until the connection is lost or we stop. */
async function holdOnce({ databaseUrl, name, holder, log, onElected, onLost }: Candidate, stopping: AbortSignal) {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: HEARTBEAT_TIMEOUT_MS,
    query_timeout: HEARTBEAT_TIMEOUT_MS,
    application_name: `switchyard-lease-${name}`,
  });
  const lost = new AbortController();
  client.on('error', () => lost.abort());
  client.on('end', () => lost.abort());
  const over = AbortSignal.any([stopping, lost.signal]);
  let elected = false;
  try {
    await client.connect();
    while (!over.aborted) {
      if (elected) await client.query('SELECT 1');
      else if (await tryLock(client, name)) {
        const lease = await beginEpoch(client, name, holder);
        elected = true;
        log.info({ role: name, epoch: Number(lease.epoch) }, 'elected');
        onElected(lease);
      }
      await pause(elected ? HEARTBEAT_MS : RETRY_MS, over);
    }
  } finally {
    if (elected) await onLost();
    // A connection that hangs must not keep us from stopping.
    await Promise.race([client.end().catch(() => {}), pause(500, stopping)]);
  }
}

/** Ends early, and quietly, when the signal aborts. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}

async function tryLock(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
    lockKey(name),
  ]);
  return rows[0]?.locked === true;
}

async function beginEpoch(client: pg.Client, name: string, holder: string): Promise<Lease> {
  const { rows } = await client.query<{ epoch: string }>(
    `INSERT INTO control.lease AS current (name, epoch, holder, acquired_at) VALUES ($1, 1, $2, now())
     ON CONFLICT (name) DO UPDATE SET epoch = current.epoch + 1, holder = excluded.holder, acquired_at = excluded.acquired_at
     RETURNING epoch`,
    [name, holder],
  );
  return { name, epoch: BigInt(rows[0]!.epoch) };
}

function lockKey(name: string): string {
  return createHash('sha256').update(`switchyard:${name}`).digest().readBigInt64BE().toString();
}
