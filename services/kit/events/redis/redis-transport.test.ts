// What only Redis has; all else is conformance.test.ts.
import { randomUUID } from 'node:crypto';
import { createClient, type RedisClientType } from '@redis/client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createLog } from '../../log.ts';
import { hasRedis, startTestRedis, WITHOUT_REDIS, type TestRedis } from '../../testing/redis-server.ts';
import type { EventEnvelope } from '../event.ts';
import type { Transport } from '../transport.ts';
import { openRedisTransport } from './redis-transport.ts';
import { append, streamOf } from './stream.ts';
import { trimStream } from './trim-stream.ts';

const NAME = 'order.created';
const STREAM = streamOf(NAME);
const PATIENCE = { timeout: 20_000, interval: 20 };
const opened: Transport[] = [];
let redis: TestRedis | undefined;
let client: RedisClientType;

beforeAll(async () => {
  if (!hasRedis()) return;
  redis = await startTestRedis();
  client = createClient({ url: `redis://127.0.0.1:${redis.port}` });
  await client.connect();
});
afterAll(async () => {
  await Promise.all(opened.map((transport) => transport.close()));
  await client?.close();
  await redis?.stop();
});

function open() {
  const log = createLog('redis', 'silent');
  const transport = openRedisTransport({ url: `redis://127.0.0.1:${redis!.port}`, log, leaseMs: 500, idleMs: 10 });
  opened.push(transport);
  return transport;
}

/** A group that writes down what it is given. */
async function listen(group: string) {
  const seen: string[] = [];
  const end = await open().subscribe({
    group,
    names: [NAME],
    deliver: async ({ body }) => {
      seen.push((body as EventEnvelope).id);
      return { kind: 'done' };
    },
  });
  return { seen, end };
}

const idsOf = (events: EventEnvelope[]) => events.map(({ id }) => id);

test.skipIf(!hasRedis())(
  `trimming never drops what a group has not read ${hasRedis() ? '' : WITHOUT_REDIS}`,
  async () => {
    await client.xGroupCreate(STREAM, 'away', '0', { MKSTREAM: true });
    const events = Array.from({ length: 1_000 }, created);
    await append(client, events);
    await trimStream(client, STREAM, 100);
    expect(await client.xLen(STREAM)).toBe(1_000);

    // The half is read; of that the first 200 are settled, and the next is not.
    const streams = await client.xReadGroup('away', 'reader', { key: STREAM, id: '>' }, { COUNT: 500 });
    const read = streams![0]!.messages.map(({ id }: { id: string }) => id);
    await client.xAck(STREAM, 'away', read.slice(0, 200));
    await trimStream(client, STREAM, 100);
    const left = await client.xLen(STREAM);
    expect(left).toBeLessThan(1_000);
    expect(left).toBeGreaterThanOrEqual(800);
    expect(await client.xRange(STREAM, read[200]!, read[200]!)).toHaveLength(1);

    await client.xAck(STREAM, 'away', read);
    const { seen, end } = await listen('away');
    await vi.waitFor(() => expect(seen).toEqual(idsOf(events.slice(500))), PATIENCE);
    await end();
    await trimStream(client, STREAM, 100);
    expect(await client.xLen(STREAM)).toBeLessThan(400);
    expect(await client.xLen(STREAM)).toBeGreaterThanOrEqual(100);
  },
);

test.skipIf(!hasRedis())(
  'a group that Redis forgot is made again, and a consumer that ends leaves no trace',
  async () => {
    await client.flushAll();
    const { seen, end } = await listen('forgotten');
    const publisher = open();
    const [before, after] = [created(), created()];
    await publisher.publish([before]);
    await vi.waitFor(() => expect(seen).toEqual([before.id]), PATIENCE);
    await client.flushAll();
    await publisher.publish([after]);
    await vi.waitFor(() => expect(seen).toEqual([before.id, after.id]), PATIENCE);
    await end();
    expect(await client.xInfoConsumers(STREAM, 'forgotten')).toEqual([]);
  },
);

test.skipIf(!hasRedis())('a name that a group no longer wants keeps nothing in its stream', async () => {
  await client.flushAll();
  const first = await listen('changing');
  await first.end();
  const end = await open().subscribe({
    group: 'changing',
    names: ['order.paid'],
    deliver: async () => ({ kind: 'done' }),
  });
  await end();
  expect(await client.xInfoGroups(STREAM)).toEqual([]);
  expect(await client.xInfoGroups(streamOf('order.paid'))).toMatchObject([{ name: 'changing' }]);
});

function created(): EventEnvelope {
  const id = randomUUID();
  return { id, type: `${NAME}.v1`, key: id, occurredAt: new Date().toISOString(), payload: {}, headers: {} };
}
