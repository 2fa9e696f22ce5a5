import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestPostgres, type TestPostgres } from '#server/postgres/testing.ts';
import type { Database } from '../database.ts';
import { createLog } from '../log.ts';
import { consumeDelivery } from './consume-delivery.ts';
import { discardDeadLetter, getDeadLetter, listDeadLetters, redriveDeadLetter } from './dead-letters.ts';
import { readEventsEnv } from './env.ts';
import type { EventEnvelope } from './event.ts';
import type { Handlers } from './handlers.ts';
import { openTransport } from './open-transport.ts';
import { publishEvent, type NewEvent } from './publish-event.ts';
import { relayOutbox } from './relay-outbox.ts';
import { eventTables } from './tables.ts';
import { BROKERS, type TestBroker } from './testing/brokers.ts';
import { killConsumers } from './testing/kill-consumers.ts';
import { ledgerHandlers, openLedger, type LedgerTables } from './testing/ledger.ts';
import type { Delivery, Settlement, Transport } from './transport.ts';

/** `npm run bench:kill-consumer` kills more. */
const KILLS = 4;
const KILLS_MS_MAX = 240_000;
/** RabbitMQ takes seconds to start, and many on a busy machine. */
const START_MS_MAX = 240_000;
const log = createLog('conformance', 'silent');
const TIMES = { leaseMs: 500, idleMs: 10 };

describe.each(BROKERS)('$name', ({ whyNot, start }) => {
  const missing = whyNot();
  if (missing !== null) {
    test.skip(`skipped: ${missing}`, () => {});
    return;
  }
  let postgres: TestPostgres;
  let broker: TestBroker;
  let ledger: Database<LedgerTables>;
  const opened: Transport[] = [];
  const open = () => {
    const transport = openTransport(log, readEventsEnv(env()), TIMES);
    opened.push(transport);
    return transport;
  };
  const env = () => ({ DATABASE_URL: postgres.url, ...broker.env });
  const consume = (
    transport: Transport,
    handlers: Handlers<LedgerTables>,
    group: string,
    settle = (settlement: Settlement) => settlement,
  ) =>
    transport.subscribe({
      group,
      names: ['order.created'],
      deliver: async (delivery: Delivery) =>
        settle(
          await consumeDelivery(
            { db: ledger.db, group, system: transport.system, handlers, metrics: { processed: () => {} }, log },
            delivery,
          ),
        ),
    });

  beforeAll(async () => {
    [postgres, broker] = await Promise.all([startTestPostgres(), start()]);
    ledger = openLedger(postgres.url);
    await vi.waitFor(async () => expect(await ledger.whyNotReady()).toBeNull(), 60_000);
  }, START_MS_MAX);
  afterAll(async () => {
    await Promise.allSettled(opened.map((transport) => transport.close()));
    await ledger?.close();
    await Promise.all([postgres?.stop(), broker?.stop()]);
  });

  const appliedTo = async (productId: string) => {
    const rows = await ledger.db.selectFrom('applied').select('event_id').where('product_id', '=', productId).execute();
    return rows.map(({ event_id }) => event_id);
  };
  const countOf = async (productId: string) =>
    (await ledger.db.selectFrom('counts').select('orders').where('product_id', '=', productId).executeTakeFirst())
      ?.orders ?? 0;

  test('what commits is sent, what rolls back is not, and both versions are handled once', async () => {
    const transport = open();
    const end = await consume(transport, ledgerHandlers(), 'versions');
    await ledger.db.transaction().execute(async (trx) => {
      await publishEvent(trx, {
        type: 'order.created.v2',
        key: 'two',
        correlationId: 'request-of-two',
        payload: {
          orderId: randomUUID(),
          userId: randomUUID(),
          total: { cents: 5, currency: 'EUR' },
          items: [{ productId: 'moka-pot', quantity: 1, unitPriceCents: 5 }],
        },
      });
    });
    await expect(
      ledger.db.transaction().execute(async (trx) => {
        await publishEvent(trx, orderOf('gone'));
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await publishEvent(ledger.db, orderOf('moka-pot'));
    expect(await relayOutbox(eventTables(ledger.db), transport)).toBe(2);
    expect(await relayOutbox(eventTables(ledger.db), transport)).toBe(0);
    await eventually(async () => expect(await countOf('moka-pot')).toBe(2));
    await end();
  });

  test('each group has each event; two instances of a group share them, and none is applied twice', async () => {
    const publisher = open();
    const seen: Record<string, string[]> = { a1: [], a2: [], b: [] };
    const listen = (instance: string, group: string) =>
      open().subscribe({
        group,
        names: ['order.created'],
        deliver: async ({ body }) => {
          seen[instance]!.push((body as EventEnvelope).id);
          return { kind: 'done' };
        },
      });
    const ends = await Promise.all([listen('a1', 'group-a'), listen('a2', 'group-a'), listen('b', 'group-b')]);
    const events = Array.from({ length: 60 }, () => created('shared'));
    await publisher.publish(events);
    const ids = events.map(({ id }) => id).toSorted();
    const had = (instances: string[]) =>
      instances.flatMap((instance) => seen[instance]!.filter((id) => ids.includes(id))).toSorted();
    await eventually(async () => expect([had(['a1', 'a2']), had(['b'])]).toEqual([ids, ids]));
    await Promise.all(ends.map((end) => end()));
  });

  test('what comes twice is applied once', async () => {
    const transport = open();
    const end = await consume(transport, ledgerHandlers(), 'twice');
    const event = created('french-press');
    await transport.publish([event]);
    await transport.publish([event]);
    await transport.publish([created('last-of-twice')]);
    await eventually(async () => expect(await countOf('last-of-twice')).toBe(1));
    await eventually(async () => expect(await appliedTo('french-press')).toEqual([event.id]));
    await end();
  });

  test('a failure comes again later, with its attempt counted', async () => {
    const transport = open();
    const attempts: number[] = [];
    const end = await transport.subscribe({
      group: 'retries',
      names: ['payment.refunded'],
      deliver: async ({ attempt }) => {
        attempts.push(attempt);
        return attempt < 3 ? { kind: 'retry', delayMs: 200 } : { kind: 'done' };
      },
    });
    await transport.publish([{ ...created('x'), type: 'payment.refunded.v1' }]);
    await eventually(async () => expect(attempts).toEqual([1, 2, 3]));
    await end();
  });

  test('while the broker is away events lie in the outbox, and when it is back they are sent and consumed', async ({
    skip,
  }) => {
    const { way } = broker;
    if (!way) skip('its broker is the database of the outbox');
    const transport = open();
    const end = await consume(transport, ledgerHandlers(), 'outage');
    const relay = () => relayOutbox(eventTables(ledger.db), transport);
    await publishEvent(ledger.db, orderOf('before-outage'));
    expect(await relay()).toBe(1);
    await eventually(async () => expect(await countOf('before-outage')).toBe(1));
    expect(transport.whyAway()).toBeNull();
    await transport.ping();

    await way!.cut();
    await eventually(async () => expect(transport.whyAway()).toContain('is away'));
    await expect(transport.ping()).rejects.toThrow('is away');
    await publishEvent(ledger.db, orderOf('in-outage'));
    await expect(relay()).rejects.toThrow('is away');
    expect(await waitingIn(ledger)).toEqual(['in-outage']);

    await way!.mend();
    await eventually(async () => expect(await relay()).toBe(1));
    expect(await waitingIn(ledger)).toEqual([]);
    expect(transport.whyAway()).toBeNull();
    await eventually(async () => expect(await countOf('in-outage')).toBe(1));
    await end();
  });

  test('what could not be settled comes again without counting as an attempt', async () => {
    const transport = open();
    const attempts: number[] = [];
    const end = await transport.subscribe({
      group: 'unsettled',
      names: ['shipment.dispatched'],
      deliver: async ({ attempt }) => {
        attempts.push(attempt);
        if (attempts.length < 3) throw new Error('the database is away');
        return { kind: 'done' };
      },
    });
    await transport.publish([{ ...created('x'), type: 'shipment.dispatched.v1' }]);
    await eventually(async () => expect(attempts).toHaveLength(3));
    expect(attempts).toEqual([1, 1, 1]);
    await end();
  });

  test('an unknown version and a payload that breaks its contract are dead letters, and the others go on', async () => {
    const transport = open();
    const end = await consume(transport, ledgerHandlers(), 'poison');
    const future = { ...created('tamper'), type: 'order.created.v9' };
    const broken = { ...created('tamper'), payload: { orderId: 'not an id' } };
    const good = created('after-poison');
    await transport.publish([future, broken, good]);
    await eventually(async () => expect(await appliedTo('after-poison')).toEqual([good.id]));
    await eventually(async () => {
      expect(await getDeadLetter(eventTables(ledger.db), future.id)).toMatchObject({
        type: 'order.created.v9',
        status: 'open',
        attempts: 1,
        error: expect.stringContaining('order.created.v1, order.created.v2') as string,
        headers: { 'correlation-id': 'conformance' },
      });
      expect((await getDeadLetter(eventTables(ledger.db), broken.id)).error).toContain('orderId');
    });
    expect(await appliedTo('tamper')).toEqual([]);
    await discardDeadLetter(eventTables(ledger.db), broken.id, 'a test sent it');
    await expect(discardDeadLetter(eventTables(ledger.db), broken.id, 'again')).rejects.toThrow('discarded already');
    expect((await listDeadLetters(eventTables(ledger.db), 'open')).map(({ eventId }) => eventId)).toEqual([future.id]);

    // The next release knows version 9.
    const context = { db: ledger.db, group: 'poison', system: transport.system };
    await expect(redriveDeadLetter({ ...context, handlers: ledgerHandlers() }, future.id)).rejects.toThrow(
      'not handled',
    );
    expect(await getDeadLetter(eventTables(ledger.db), future.id)).toMatchObject({ status: 'open', attempts: 2 });
    await ledger.db
      .updateTable('dead_letters')
      .set({ type: 'order.created.v1' })
      .where('event_id', '=', future.id)
      .execute();
    expect(await redriveDeadLetter({ ...context, handlers: ledgerHandlers() }, future.id)).toMatchObject({
      status: 'redriven',
    });
    expect(await appliedTo('tamper')).toEqual([future.id]);
    await end();
  });

  test(
    `${KILLS} consumers are killed in the middle of an event: none is lost, none applied twice`,
    async () => {
      const transport = open();
      const group = await transport.subscribe({ group: 'ledger', names: ['order.created'], deliver: never });
      await group();
      const events = Array.from({ length: KILLS + 10 }, () => created('killed'));
      await transport.publish(events);
      const ids = events.map(({ id }) => id).toSorted();
      const places = await killConsumers({
        env: env(),
        workers: 2,
        kills: KILLS,
        isOver: async () => new Set(await appliedTo('killed')).size === ids.length,
        timeoutMs: KILLS_MS_MAX,
      });
      expect(places).toEqual({ uncommitted: KILLS / 2, unsettled: KILLS / 2 });
      expect((await appliedTo('killed')).toSorted()).toEqual(ids);
      expect(await countOf('killed')).toBe(ids.length);
    },
    2 * KILLS_MS_MAX,
  );
});

function eventually(assert: () => Promise<void>): Promise<void> {
  return vi.waitFor(assert, { timeout: 50_000, interval: 50 });
}

function created(productId: string): EventEnvelope {
  const payload = { orderId: randomUUID(), userId: randomUUID(), totalCents: 5, items: [{ productId, quantity: 1 }] };
  return {
    id: randomUUID(),
    type: 'order.created.v1',
    key: payload.orderId,
    occurredAt: new Date().toISOString(),
    payload,
    headers: { 'correlation-id': 'conformance' },
  };
}

function orderOf(productId: string): NewEvent<'order.created.v1'> {
  const payload = { orderId: randomUUID(), userId: randomUUID(), totalCents: 5, items: [{ productId, quantity: 1 }] };
  return { type: 'order.created.v1', key: productId, correlationId: 'conformance', payload };
}

/** The keys of what is not sent yet. */
async function waitingIn({ db }: Database<LedgerTables>): Promise<string[]> {
  return (await db.selectFrom('outbox').select('key').execute()).map(({ key }) => key);
}

/** Events that nobody has sent yet. */
async function never(): Promise<Settlement> {
  throw new Error('nothing was sent');
}
