import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listCircuits } from '#server/circuits/list-circuits.ts';
import { listTransitions } from '#server/circuits/list-transitions.ts';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { getSeries } from '#server/services/get-series.ts';
import { listEndpoints } from '#server/services/list-endpoints.ts';
import { listErrors } from '#server/services/list-errors.ts';
import type { Ctx } from '#server/context.ts';
import { listInstances } from '#server/services/list-instances.ts';
import { listSlowRequests } from '#server/services/list-slow-requests.ts';
import { listServices } from '#server/services/list-services.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { readNewest } from '#server/store/queries/newest-data.ts';
import { insertSpans, insertTransitions, insertUp, type TestSpan } from '#server/store/queries/testing.ts';
import { getTopology } from './get-topology.ts';

/** A whole minute, so that counts from the rollup are those of the same window. */
const NOW = Math.floor(Date.now() / 60_000) * 60_000;
const MINUTE = 60_000;
const range = { fromMs: NOW - 5 * MINUTE, toMs: NOW };
const long = { fromMs: NOW - 120 * MINUTE, toMs: NOW };
const now = () => new Date(NOW);

let engine: TestEngine;
let store: Store;
let empty: Store;
beforeAll(async () => {
  engine = await startTestEngine();
  const log = createLog('test', 'silent');
  empty = createStore({ url: engine.url, database: 'empty', log });
  store = createStore({ url: engine.url, database: 'topology', log });
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
});
afterAll(async () => {
  await Promise.all([store?.close(), empty?.close()]);
  await engine?.stop();
});

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

describe('topology.get', () => {
  it('measures nodes and says what each is', async () => {
    const { nodes, asOfMs } = await getTopology({ store, now }, { range });
    expect(asOfMs).toBe(NOW);
    expect(nodes.map(({ id }) => id)).toEqual([
      'client:traffic',
      'database:switchyard.orders',
      'external:api.example.test',
      'gateway:gateway',
      'queue:order-placed',
      'service:callee',
      'service:foreign',
      'service:mailer',
      'service:orders',
      'service:payments',
      'service:script',
    ]);
    const by = new Map(nodes.map((node) => [node.name, node]));
    expect(by.get('orders')).toMatchObject({ requestsPerS: 0.2, errorRatio: 0, up: true, instances: 2 });
    // n + 1 ms for n of 0..59, so the 95th percentile is about the 57th.
    expect(by.get('orders')?.latencyMsP95).toBeGreaterThan(55);
    expect(by.get('orders')?.latencyMsP95).toBeLessThan(59);
    expect(by.get('gateway')?.requestsPerS).toBeCloseTo(61 / 300);
    expect(by.get('gateway')?.errorRatio).toBeCloseTo(10 / 61);
    expect(by.get('traffic')).toMatchObject({ requestsPerS: 0.2, latencyMsP95: 40, up: null });
    expect(by.get('traffic')?.errorRatio).toBeCloseTo(1 / 6);
    expect(by.get('switchyard.orders')).toMatchObject({ requestsPerS: 0.4, errorRatio: 0, latencyMsP95: 2 });
    // Down, and it exported nothing: the gateway's breaker knows of it.
    expect(by.get('payments')).toMatchObject({ up: false, instances: 0, lastSeenMs: null });
    expect(by.get('script')).toMatchObject({ kind: 'service', instances: 1, lastSeenMs: NOW - 20_000 });
  });

  it('measures the calls between them, with the breaker of each', async () => {
    const { edges } = await getTopology({ store, now }, { range });
    const by = new Map(edges.map((edge) => [edge.id, edge]));
    expect([...by.keys()]).toEqual([
      'client:traffic>gateway:gateway',
      'gateway:gateway>service:orders',
      'gateway:gateway>service:payments',
      'queue:order-placed>service:mailer',
      'service:foreign>external:api.example.test',
      'service:foreign>service:callee',
      'service:orders>database:switchyard.orders',
      'service:orders>queue:order-placed',
    ]);
    expect(by.get('gateway:gateway>service:orders')).toMatchObject({
      requestsPerS: 0.2,
      errorRatio: 0,
      latencyMsP95: 20,
      breaker: { name: 'orders', reporter: 'gateway', state: 'closed', sinceMs: NOW - 100_000 },
    });
    expect(by.get('gateway:gateway>service:payments')).toMatchObject({
      errorRatio: 1,
      breaker: { name: 'payments', state: 'open', sinceMs: NOW - 50_000, reason: '5 of 20 calls failed' },
    });
    expect(by.get('gateway:gateway>service:payments')?.requestsPerS).toBeCloseTo(11 / 300);
    expect(by.get('service:foreign>service:callee')?.requestsPerS).toBeCloseTo(1 / 300);
    expect(by.get('client:traffic>gateway:gateway')?.breaker).toBeNull();
  });

  it('says the same of a long window, from the rollup, but for queues', async () => {
    const { nodes, edges } = await getTopology({ store, now }, { range: long });
    const orders = nodes.find(({ id }) => id === 'service:orders');
    expect(orders?.requestsPerS).toBeCloseTo(61 / 7_200);
    const database = edges.find(({ target }) => target === 'database:switchyard.orders');
    expect(database?.requestsPerS).toBeCloseTo(120 / 7_200);
    const guarded = edges.find(({ id }) => id === 'gateway:gateway>service:orders');
    expect(guarded).toMatchObject({ errorRatio: 0, breaker: { state: 'closed' } });
    expect(edges.map(({ id }) => id)).toContain('service:foreign>service:callee');
  });

  it('shows a guarded service with no calls at all, as the breaker was at the end of the window', async () => {
    const at = { fromMs: NOW - 210_000, toMs: NOW - 195_000 };
    const { edges } = await getTopology({ store, now }, { range: at });
    expect(edges.find(({ target }) => target === 'service:payments')).toMatchObject({
      requestsPerS: 0,
      errorRatio: null,
      latencyMsP95: null,
      breaker: { state: 'closed' },
    });
  });
});

describe('services', () => {
  it('lists each with what it served, or did where it serves nobody', async () => {
    const services = await listServices({ store, now }, { range });
    const by = new Map(services.map((service) => [service.service, service]));
    expect([...by.keys()]).toEqual(['callee', 'foreign', 'gateway', 'mailer', 'orders', 'script', 'traffic']);
    expect(by.get('orders')).toMatchObject({
      requestsPerS: 0.2,
      errorRatio: 0,
      instances: 2,
      version: '1.0.0',
      up: true,
    });
    expect(by.get('orders')?.latencyMsP50).toBe(30);
    expect(by.get('orders')?.requestsSparkline).toEqual(Array(30).fill(0.2));
    expect(by.get('script')).toMatchObject({ version: null, up: null, lastSeenMs: NOW - 20_000 });
    expect(by.get('script')?.requestsPerS).toBeCloseTo(1 / 300);
    expect(by.get('callee')?.errorRatio).toBe(1);
    expect(by.get('traffic')?.errorRatio).toBeCloseTo(10 / 60);
  });

  it('lists the same over hours from the rollup, with whole minutes in a spark line', async () => {
    const services = await listServices({ store, now }, { range: long });
    const orders = services.find(({ service }) => service === 'orders');
    expect(services.find(({ service }) => service === 'traffic')?.errorRatio).toBeCloseTo(10 / 60);
    expect(orders?.requestsPerS).toBeCloseTo(61 / 7_200);
    // 120 minutes in 30 buckets of 4: the last 5 minutes had 12 requests a minute.
    const line = orders?.requestsSparkline.map((rate) => Math.round(rate * 240));
    expect(line?.slice(28)).toEqual([12, 48]);
    expect(line?.reduce((a, b) => a + b)).toBe(61);
  });

  it('gives aligned points, nulls where nothing was served, and not the bucket that still runs', async () => {
    const later = () => new Date(NOW + 30_000);
    const wide = { fromMs: NOW - 6 * MINUTE, toMs: NOW + 30_000 };
    const { stepMs, points } = await getSeries({ store, now: later }, { service: 'orders', range: wide, buckets: 10 });
    expect(stepMs).toBe(MINUTE);
    expect(points.map(({ tMs }) => (tMs - NOW) / MINUTE)).toEqual([-6, -5, -4, -3, -2, -1]);
    expect(points[0]).toMatchObject({ requestsPerS: 0, errorsPerS: 0, errorRatio: null, latencyMsP95: null });
    expect(points[1]).toMatchObject({ requestsPerS: 0.2, errorRatio: 0 });
    expect(points[1]?.latencyMsP50).toBe(6);
    const rolled = await getSeries({ store, now: later }, { service: 'orders', range: long, buckets: 120 });
    expect(rolled.stepMs).toBe(MINUTE);
    expect(rolled.points.slice(-5).map(({ requestsPerS }) => requestsPerS)).toEqual(Array(5).fill(0.2));
    expect(rolled.points[30]).toMatchObject({ latencyMsP50: 5 });
  });

  it('lists operations, instances and errors of one', async () => {
    const input = { service: 'gateway', range };
    const endpoints = await listEndpoints({ store, now }, input);
    expect(endpoints.map(({ operation, kind, count }) => [operation, kind, count])).toEqual([
      ['POST /api/orders', 'server', 60],
      ['POST /api/pay', 'server', 1],
    ]);
    expect(endpoints[0]?.errorRatio).toBeCloseTo(1 / 6);
    expect(endpoints[0]?.latencyMsP99).toBe(30);
    expect(endpoints[0]?.requestsSparkline).toEqual(Array(30).fill(0.2));
    const [overHours] = await listEndpoints({ store, now }, { service: 'gateway', range: long });
    expect(overHours?.requestsSparkline.slice(28).map((rate) => Math.round(rate * 240))).toEqual([12, 48]);
    const slow = await listSlowRequests({ store }, input);
    expect(slow).toHaveLength(12);
    expect(slow[0]).toMatchObject({ operation: 'POST /api/orders', durationMs: 30 });
    expect(slow.map(({ durationMs }) => durationMs)).toEqual(
      slow.map(({ durationMs }) => durationMs).toSorted((a, b) => b - a),
    );
    // Who serves nobody is measured by what it asks for.
    expect((await listSlowRequests({ store }, { service: 'traffic', range })).length).toBeGreaterThan(0);
    expect(await listSlowRequests({ store }, { service: 'nobody', range })).toEqual([]);
    expect((await listEndpoints({ store, now }, { service: 'orders', range: long }))[0]?.count).toBe(61);
    const instances = await listInstances({ db: registered([]), store, now }, { service: 'orders', range });
    expect(instances.map(({ instance, up, requestsPerS }) => [instance, up, requestsPerS])).toEqual([
      ['orders-1', null, 0.1],
      ['orders-2', null, 0.1],
    ]);
    // The registry knows which of the two addresses is whose.
    const db = registered([
      { instance: 'orders-1', address: 'http://o:1' },
      { instance: 'orders-2', address: 'http://o:2' },
    ]);
    const matched = await listInstances({ db, store, now }, { service: 'orders', range });
    expect(matched.map(({ instance, up }) => [instance, up])).toEqual([
      ['orders-1', false],
      ['orders-2', true],
    ]);
    expect((await listInstances({ db: registered([]), store, now }, input))[0]).toMatchObject({
      instance: 'gateway-1',
      up: true,
    });
    const errors = await listErrors({ store }, input);
    expect(errors).toHaveLength(10);
    expect(errors[0]).toMatchObject({
      operation: 'POST /api/orders',
      errorType: '502',
      message: 'HTTP 502',
      durationMs: 30,
    });
    expect((await listErrors({ store }, { service: 'callee', range }))[0]).toMatchObject({
      traceId: 'ab'.repeat(16),
      spanId: '33'.repeat(8),
      message: 'no more left',
    });
  });

  it('refuses a range that nobody can read', async () => {
    const year = { fromMs: NOW - 365 * 86_400_000, toMs: NOW };
    await expect(listServices({ store, now }, { range: year })).rejects.toThrow(/31 days or fewer/);
  });
});

describe('circuits', () => {
  it('lists breakers with what goes through them, the worst first, without instances that are gone', async () => {
    const circuits = await listCircuits({ store, now });
    expect(circuits.map(({ reporter, name, state }) => [reporter, name, state])).toEqual([
      ['gateway', 'payments', 'open'],
      // Nobody of old-gateway speaks: whether it lives cannot be known.
      ['old-gateway', 'ghost', 'open'],
      ['gateway', 'orders', 'closed'],
    ]);
    const payments = circuits.find(({ name }) => name === 'payments');
    // The server span that repeats the timeout is not a second call.
    expect(payments).toMatchObject({ failureRatio: 1, sinceMs: NOW - 50_000 });
    expect(payments?.callsPerS).toBeCloseTo(11 / 60);
    expect(payments?.rejectedPerS).toBeCloseTo(10 / 60);
    expect(payments?.instances).toEqual([
      {
        instance: 'gateway-1',
        state: 'open',
        sinceMs: NOW - 50_000,
        reason: '5 of 20 calls failed',
        failures: 5,
        calls: 20,
        threshold: 5,
        resetTimeoutMs: 30_000,
        halfOpenSuccessCount: 2,
        nextAttemptMs: NOW - 20_000,
        lastSeenMs: NOW - 4_900,
      },
    ]);
    const orders = circuits.find(({ name }) => name === 'orders');
    expect(orders?.instances.map(({ instance }) => instance)).toEqual(['gateway-1']);
    expect(orders).toMatchObject({ callsPerS: 12 / 60, failureRatio: 0, rejectedPerS: 0 });
  });

  it('lists transitions, newest first', async () => {
    const all = await listTransitions({ store }, { range, limit: 100 });
    expect(all.map(({ name, state, source }) => [name, state, source])).toEqual([
      ['payments', 'open', 'push'],
      ['orders', 'closed', 'push'],
      ['payments', 'closed', 'poll'],
    ]);
    expect(all[0]).toMatchObject({
      tMs: NOW - 50_000,
      previousState: 'closed',
      nextAttemptMs: NOW - 20_000,
      failures: 5,
    });
    expect(all[1]?.nextAttemptMs).toBeNull();
    expect(await listTransitions({ store }, { range, name: 'payments', limit: 1 })).toHaveLength(1);
    expect(await listTransitions({ store }, { range, reporter: 'nobody', limit: 9 })).toEqual([]);
  });
});

it('knows how fresh its data is', async () => {
  expect(await readNewest(store)).toEqual({ newestSpanMs: NOW - 4_900, newestSampleMs: NOW - 5_000 });
});

it('answers an empty store with nothing', async () => {
  const ctx = { store: empty, now };
  for (const window of [range, long]) {
    const input = { service: 'orders', range: window };
    expect(await getTopology(ctx, { range: window })).toEqual({ nodes: [], edges: [], asOfMs: NOW });
    expect(await listServices(ctx, { range: window })).toEqual([]);
    expect(await listEndpoints(ctx, input)).toEqual([]);
    expect(await listInstances({ ...ctx, db: registered([]) }, input)).toEqual([]);
    expect(await listErrors(ctx, input)).toEqual([]);
    const { points } = await getSeries(ctx, { ...input, buckets: 60 });
    expect(points.every(({ requestsPerS, latencyMsP50 }) => requestsPerS === 0 && latencyMsP50 === null)).toBe(true);
  }
  expect(await listCircuits(ctx)).toEqual([]);
  expect(await listTransitions(ctx, { range, limit: 10 })).toEqual([]);
  expect(await readNewest(empty)).toEqual({ newestSpanMs: null, newestSampleMs: null });
});

it('knows how fresh its data is also when it is hours old', async () => {
  const spans = (atMs: number) => insertSpans(empty, [{ service: 'late', atMs }]);
  await spans(NOW - 9 * 60 * MINUTE + 5);
  await spans(NOW - 8 * 60 * MINUTE + 7);
  await insertUp(empty, NOW - 30 * 60 * MINUTE, { 'late/l:1': 1 });
  expect(await readNewest(empty)).toEqual({
    newestSpanMs: NOW - 8 * 60 * MINUTE + 7,
    newestSampleMs: NOW - 30 * 60 * MINUTE,
  });
});

/** A control database of which only the registry is asked. */
function registered(rows: { instance: string; address: string }[]) {
  return { registeredInstance: { findMany: async () => rows } } as unknown as Ctx['db'];
}
