import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listCircuits } from '#server/circuits/list-circuits.ts';
import { listTransitions } from '#server/circuits/list-transitions.ts';
import type { Store } from '#server/store/client.ts';
import { readNewest } from '#server/store/queries/newest-data.ts';
import { insertSpans, insertUp } from '#server/store/queries/testing.ts';
import { getTopology } from './get-topology.ts';
import { long, measureFleet, MINUTE, NOW, now, range, type MeasuredFleet } from './testing/measure-fleet.ts';

let fleet: MeasuredFleet;
let store: Store;
let empty: Store;
beforeAll(async () => {
  fleet = await measureFleet();
  ({ store, empty } = fleet);
});
afterAll(() => fleet?.stop());

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
  for (const window of [range, long])
    expect(await getTopology(ctx, { range: window })).toEqual({ nodes: [], edges: [], asOfMs: NOW });
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
