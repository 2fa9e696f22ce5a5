import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ctx } from '#server/context.ts';
import type { Store } from '#server/store/client.ts';
import {
  long,
  measureFleet,
  MINUTE,
  NOW,
  now,
  range,
  type MeasuredFleet,
} from '#server/topology/testing/measure-fleet.ts';
import { getSeries } from './get-series.ts';
import { listEndpoints } from './list-endpoints.ts';
import { listErrors } from './list-errors.ts';
import { listInstances } from './list-instances.ts';
import { listServices } from './list-services.ts';
import { listSlowRequests } from './list-slow-requests.ts';

let fleet: MeasuredFleet;
let store: Store;
let empty: Store;
beforeAll(async () => {
  fleet = await measureFleet();
  ({ store, empty } = fleet);
});
afterAll(() => fleet?.stop());

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
  const ctx = { store, now: () => new Date(NOW + 30_000) };
  const wide = { fromMs: NOW - 6 * MINUTE, toMs: NOW + 30_000 };
  const { stepMs, points } = await getSeries(ctx, { service: 'orders', range: wide, buckets: 10 });
  expect(stepMs).toBe(MINUTE);
  expect(points.map(({ tMs }) => (tMs - NOW) / MINUTE)).toEqual([-6, -5, -4, -3, -2, -1]);
  expect(points[0]).toMatchObject({ requestsPerS: 0, errorsPerS: 0, errorRatio: null, latencyMsP95: null });
  expect(points[1]).toMatchObject({ requestsPerS: 0.2, errorRatio: 0 });
  expect(points[1]?.latencyMsP50).toBe(6);
  const rolled = await getSeries(ctx, { service: 'orders', range: long, buckets: 120 });
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

it('answers an empty store with nothing', async () => {
  const ctx = { store: empty, now };
  for (const window of [range, long]) {
    const input = { service: 'orders', range: window };
    expect(await listServices(ctx, { range: window })).toEqual([]);
    expect(await listEndpoints(ctx, input)).toEqual([]);
    expect(await listInstances({ ...ctx, db: registered([]) }, input)).toEqual([]);
    expect(await listErrors(ctx, input)).toEqual([]);
    const { points } = await getSeries(ctx, { ...input, buckets: 60 });
    expect(points.every(({ requestsPerS, latencyMsP50 }) => requestsPerS === 0 && latencyMsP50 === null)).toBe(true);
  }
});

/** A control database of which only the registry is asked. */
function registered(rows: { instance: string; address: string }[]) {
  return { registeredInstance: { findMany: async () => rows } } as unknown as Ctx['db'];
}
