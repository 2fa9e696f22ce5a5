import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { every } from '../../every.ts';
import type { Log } from '../../log.ts';
import { nameOf } from '../event.ts';
import { UNSETTLED_PAUSE_MS, type Subscription, type Transport } from '../transport.ts';
import { forgetConsumers } from './forget-consumers.ts';
import { openLink } from './link.ts';
import { acknowledge, append, claimOverdue, joinGroup, postpone, readNext, streamOf, type Entry } from './stream.ts';
import { trimStream } from './trim-stream.ts';

/** Longer than the statements of any handler may take together, and than the longest pause between attempts. */
const LEASE_MS = 30_000;
const IDLE_MS = 400;
const TRIM_EVERY_MS = 60_000;
const FORGET_EVERY_MS = 3_600_000;
const FROM_THE_START = '0-0';

export interface RedisTransportOptions {
  url: string;
  log: Log;
  /** Shorter in tests. */
  leaseMs?: number;
  idleMs?: number;
}

/** A stream for each name of event, a consumer group for each service: entries stay pending until they are settled, and who dies leaves them to the others. */
export function openRedisTransport(options: RedisTransportOptions): Transport {
  const { url, log, leaseMs = LEASE_MS, idleMs = IDLE_MS } = options;
  const link = openLink(url, log);
  const published = new Set<string>();
  const stopTrimming = every(TRIM_EVERY_MS, log, 'trimming the streams of events', async () => {
    for (const name of published) await trimStream(await link.client(), streamOf(name));
  });

  const consume = async ({ group, names, deliver }: Subscription) => {
    const reader = { group, consumer: `${hostname()}-${process.pid}-${randomUUID()}` };
    const cursors = new Map(names.map((name) => [name, FROM_THE_START]));
    await joinGroup(await link.client(), group, names);
    const ending = new AbortController();

    const settle = async (name: string, entry: Entry) => {
      const release = async (delayMs: number, attempt: number) =>
        postpone(await link.client(), name, reader, { ...entry, attempt }, { leaseMs, delayMs });
      try {
        const settlement = await deliver({ body: entry.body, attempt: entry.attempt });
        if (settlement.kind === 'retry') await release(settlement.delayMs, entry.attempt);
        else await acknowledge(await link.client(), name, group, entry.id);
      } catch (error) {
        await release(UNSETTLED_PAUSE_MS, entry.attempt - 1).catch(() => {});
        throw error;
      }
    };
    /** False when there was nothing, and nothing is left to look at. */
    const step = async (name: string) => {
      const client = await link.client();
      const { entry: overdue, cursor } = await claimOverdue(client, name, reader, {
        leaseMs,
        cursor: cursors.get(name)!,
      });
      cursors.set(name, cursor);
      const entry = overdue ?? (await readNext(client, name, reader));
      if (entry) await settle(name, entry);
      return entry !== null || cursor !== FROM_THE_START;
    };
    const work = async () => {
      try {
        for (let isBusy = true; isBusy;) {
          isBusy = false;
          for (const name of names) {
            if (ending.signal.aborted) return;
            if (await step(name)) isBusy = true;
          }
        }
      } catch (error) {
        // Redis forgot what it was told, and is told again: the outbox's events come after that.
        if ((error as Error).message.startsWith('NOGROUP')) await joinGroup(await link.client(), group, names);
        throw error;
      }
    };
    const forget = async (isLeaving: boolean) => forgetConsumers(await link.client(), names, reader, isLeaving);
    const stop = every(idleMs, log, 'consuming events', work);
    const stopForgetting = every(FORGET_EVERY_MS, log, 'forgetting dead consumers', () => forget(false));
    return async () => {
      ending.abort();
      await Promise.all([stop(), stopForgetting()]);
      await forget(true).catch(() => {});
    };
  };

  return {
    system: 'redis',
    publish: async (events) => {
      await append(await link.client(), events);
      for (const { type } of events) published.add(nameOf(type));
    },
    subscribe: consume,
    whyAway: link.whyAway,
    ping: async () => void (await (await link.client()).ping()),
    close: async () => {
      await stopTrimming();
      await link.close();
    },
  };
}
