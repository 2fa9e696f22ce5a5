import type { RedisClientType } from '@redis/client';
import { EVENT_NAMES } from '../contracts.ts';
import { nameOf, type EventEnvelope } from '../event.ts';
import { readBody } from '../read-body.ts';

/** Where events of a name lie, oldest first. All are in one slot, so that a batch is one transaction in a cluster too. */
export function streamOf(name: string): string {
  return `switchyard:{events}:${name}`;
}

export interface Entry {
  id: string;
  body: unknown;
  attempt: number;
}

/** Who reads: one of the instances of a group. */
export interface Reader {
  group: string;
  consumer: string;
}

/** Appends all events or none. */
export async function append(client: RedisClientType, events: readonly EventEnvelope[]): Promise<void> {
  const batch = client.multi();
  for (const event of events) batch.xAdd(streamOf(nameOf(event.type)), '*', { event: JSON.stringify(event) });
  await batch.exec();
}

/** From now on the group misses nothing of these names; a new one begins with what the streams still hold. */
export async function joinGroup(client: RedisClientType, group: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    try {
      await client.xGroupCreate(streamOf(name), group, '0', { MKSTREAM: true });
    } catch (error) {
      if (!(error as Error).message.startsWith('BUSYGROUP')) throw error;
    }
  }
  // A group that no longer reads would keep its stream from ever being trimmed.
  for (const name of EVENT_NAMES.filter((each) => !names.includes(each)))
    if (await client.exists(streamOf(name))) await client.xGroupDestroy(streamOf(name), group);
}

/** The next entry that nobody of the group was given. */
export async function readNext(client: RedisClientType, name: string, reader: Reader): Promise<Entry | null> {
  const streams = await client.xReadGroup(
    reader.group,
    reader.consumer,
    { key: streamOf(name), id: '>' },
    // What is read beyond the one that is worked on would age, and count as tried when its reader dies.
    { COUNT: 1 },
  );
  const message = streams?.[0]?.messages[0];
  return message ? { id: message.id, body: readBody(message.message.event ?? 'null'), attempt: 1 } : null;
}

export interface Claimed {
  entry: Entry | null;
  /** Where to look on; `0-0` when all was looked at. */
  cursor: string;
}

/** Takes over one entry that was given to somebody at least `leaseMs` ago and is not settled. */
export async function claimOverdue(
  client: RedisClientType,
  name: string,
  { group, consumer }: Reader,
  { leaseMs, cursor }: { leaseMs: number; cursor: string },
): Promise<Claimed> {
  const key = streamOf(name);
  const { nextId, messages } = await client.xAutoClaim(key, group, consumer, leaseMs, cursor, { COUNT: 1 });
  const message = messages[0];
  if (!message) return { entry: null, cursor: nextId };
  const [pending] = await client.xPendingRange(key, group, message.id, message.id, 1);
  const entry = {
    id: message.id,
    body: readBody(message.message.event ?? 'null'),
    attempt: pending?.deliveriesCounter ?? 1,
  };
  return { entry, cursor: nextId };
}

export async function acknowledge(client: RedisClientType, name: string, group: string, id: string): Promise<void> {
  await client.xAck(streamOf(name), group, id);
}

/** Makes an entry overdue after a pause: it ages as if it had been given out that much earlier, so a pause is never longer than the lease. */
export async function postpone(
  client: RedisClientType,
  name: string,
  { group, consumer }: Reader,
  { id, attempt }: Entry,
  { leaseMs, delayMs }: { leaseMs: number; delayMs: number },
): Promise<void> {
  await client.xClaimJustId(streamOf(name), group, consumer, 0, id, {
    IDLE: Math.max(0, leaseMs - delayMs),
    RETRYCOUNT: attempt,
  });
}
