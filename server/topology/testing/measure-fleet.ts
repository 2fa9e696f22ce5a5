import { startTestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { insertSpans, insertTransitions, insertUp, type TestSpan } from '#server/store/queries/testing.ts';

/** A whole minute, so that counts from the rollup are those of the same window. */
export const NOW = Math.floor(Date.now() / 60_000) * 60_000;
export const MINUTE = 60_000;
export const range = { fromMs: NOW - 5 * MINUTE, toMs: NOW };
export const long = { fromMs: NOW - 120 * MINUTE, toMs: NOW };
export const now = () => new Date(NOW);

export interface MeasuredFleet {
  store: Store;
  /** Another, of which nothing is known. */
  empty: Store;
  stop: () => Promise<void>;
}

/** A store that a fleet was measured into for five minutes before `NOW`, on an engine of its own. */
export async function measureFleet(): Promise<MeasuredFleet> {
  const engine = await startTestEngine();
  const log = createLog('test', 'silent');
  const empty = createStore({ url: engine.url, database: 'empty', log });
  const store = createStore({ url: engine.url, database: 'topology', log });
  await Promise.all([applySchema(empty), applySchema(store)]);
  await insertSpans(store, fleet());
  await insertTransitions(store, [
    { atMs: NOW - 200_000, name: 'payments', state: 'closed', source: 'poll', reason: 'first seen' },
    {
      atMs: NOW - 50_000,
      name: 'payments',
      state: 'open',
      reason: '5 of 20 calls failed',
      nextAttemptMs: NOW - 20_000,
    },
    { atMs: NOW - 100_000, name: 'orders', state: 'closed', previous: 'half_open' },
    // A gateway that was restarted long ago, and one whose owner is gone altogether.
    { atMs: NOW - 3_000_000, name: 'orders', state: 'open', instance: 'gateway-0' },
    { atMs: NOW - 3_000_000, name: 'ghost', state: 'open', reporter: 'old-gateway', instance: 'old-1' },
  ]);
  await insertUp(store, NOW - 5_000, { 'gateway/g:1': 1, 'orders/o:1': 0, 'orders/o:2': 1, 'payments/p:1': 0 });
  return {
    store,
    empty,
    stop: async () => {
      await Promise.all([store.close(), empty.close()]);
      await engine.stop();
    },
  };
}

/** 300 s of: traffic calls the gateway 60 times, that calls orders 60 times, orders call their database 120 times. */
function fleet(): TestSpan[] {
  const spans: TestSpan[] = [];
  for (let n = 0; n < 60; n++) {
    const atMs = NOW - 5 * MINUTE + n * 5_000 + 100;
    const failed = n % 6 === 0;
    // Nobody's fault: a client that asks for what is not there.
    const missing = n % 6 === 1;
    spans.push(
      {
        service: 'traffic',
        kind: 'client',
        peer: 'gateway',
        ms: 40,
        http: failed ? 502 : missing ? 404 : 200,
        error: failed || missing,
        atMs,
      },
      { service: 'gateway', name: 'POST /api/orders', ms: 30, http: failed ? 502 : 200, atMs },
      {
        service: 'gateway',
        kind: 'client',
        peer: 'orders',
        ms: 20,
        http: n % 3 === 1 ? 404 : 200,
        error: n % 3 === 1,
        breaker: ['orders', 'success'],
        atMs,
      },
      { service: 'orders', name: 'POST /orders', ms: n + 1, instance: n < 30 ? 'orders-1' : 'orders-2', atMs },
      { service: 'orders', kind: 'client', db: ['postgresql', 'switchyard|orders'], ms: 2, atMs },
      { service: 'orders', kind: 'client', db: ['postgresql', 'switchyard|orders'], ms: 2, atMs },
    );
  }
  for (let n = 0; n < 10; n++) {
    const atMs = NOW - 30_000 + n;
    spans.push({
      service: 'gateway',
      kind: 'client',
      peer: 'payments',
      error: true,
      breaker: ['payments', 'rejected'],
      atMs,
    });
  }
  const trace = 'ab'.repeat(16);
  const atMs = NOW - 10_000;
  spans.push(
    { service: 'gateway', kind: 'client', peer: 'payments', error: true, breaker: ['payments', 'timeout'], atMs },
    { service: 'gateway', kind: 'server', name: 'POST /api/pay', breaker: ['payments', 'timeout'], atMs },
    // An SDK that names no peer: its child tells, or else the address.
    { service: 'foreign', kind: 'server', name: 'GET /hello', trace, id: '11'.repeat(8), atMs },
    {
      service: 'foreign',
      kind: 'client',
      trace,
      id: '22'.repeat(8),
      parent: '11'.repeat(8),
      address: 'callee.test',
      atMs,
    },
    {
      service: 'callee',
      kind: 'server',
      trace,
      id: '33'.repeat(8),
      parent: '22'.repeat(8),
      atMs,
      error: true,
      message: 'no more left',
    },
    { service: 'foreign', kind: 'client', address: 'api.example.test', atMs },
    { service: 'orders', kind: 'producer', queue: 'order-placed', atMs },
    { service: 'mailer', kind: 'consumer', queue: 'order-placed', atMs },
    { service: 'script', kind: 'internal', name: 'crunch', version: '', atMs: NOW - 20_000 },
    // Before every window that is asked for here except the long one.
    { service: 'orders', name: 'POST /orders', ms: 5, atMs: NOW - 90 * MINUTE },
  );
  return spans;
}
