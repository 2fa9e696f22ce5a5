import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { startTestGateway } from '../testing/start-test-gateway.ts';
import { startUpstream } from '../testing/start-upstream.ts';
import type { HeldConfiguration } from './hold-configuration.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const LONG_MS = 3_600_000;
const switchedOff = { by: 'Anna', reason: 'stocktaking', sinceMs: 1_000_000 };

async function start(variables: Record<string, string> = {}) {
  const upstream = await startUpstream();
  stops.push(upstream.stop);
  const gateway = await startTestGateway(upstream.origin, { SERVICE_INSTANCE_ID: 'gateway-1', ...variables });
  stops.push(gateway.stop);
  const ask = async (method: string, body?: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${gateway.adminUrl}/configuration`, { method, headers, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as HeldConfiguration };
  };
  const get = (target: string) => fetch(gateway.url + target);
  return { upstream, gateway, ask, get };
}

const configure = (version: number, wanted: object = {}) => ({
  version,
  issuedMs: version * 10,
  breakers: {},
  ...wanted,
});
const route = ({ routes }: HeldConfiguration, segment: string) => routes.find((each) => each.segment === segment);

it('puts other limits in force at once, goes on with what it counted, and back to the environment', async () => {
  const { ask, get } = await start({ THROTTLE_TTL_LONG: String(LONG_MS), THROTTLE_LIMIT_LONG: '300' });
  expect((await get('/api/products')).headers.get('ratelimit-policy')).toContain('"long";q=300;w=3600');
  const { body } = await ask('PUT', configure(1, { limits: { long: { quota: 2, windowMs: LONG_MS } } }));
  expect(body.limits.tiers.map(({ name, quota }) => [name, quota])).toEqual([
    ['short', 20],
    ['medium', 100],
    ['long', 2],
  ]);
  expect(body.environment.limits.tiers[2]).toEqual({ name: 'long', quota: 300, windowMs: LONG_MS });
  expect((await get('/api/products')).status).toBe(200);
  const third = await get('/api/products');
  expect([third.status, third.headers.get('ratelimit-policy')]).toEqual([
    429,
    '"short";q=20;w=1, "medium";q=100;w=10, "long";q=2;w=3600',
  ]);
  await ask('PUT', configure(2));
  const fourth = await get('/api/products');
  expect([fourth.status, fourth.headers.get('ratelimit')]).toEqual([200, expect.stringContaining('"long";r=296')]);
});

it('limits tries to log in as it is told', async () => {
  const { gateway, ask } = await start();
  await ask('PUT', configure(1, { limits: { login: { quota: 1, windowMs: LONG_MS } } }));
  const login = async () => {
    const body = JSON.stringify({ email: 'anna@example.org' });
    return (await fetch(`${gateway.url}/api/auth/login`, { method: 'POST', body })).status;
  };
  expect([await login(), await login()]).toEqual([200, 429]);
});

it('switches a route off for those who come, says who and why, and finishes what is under way', async () => {
  const { upstream, ask, get } = await start();
  const off = Promise.withResolvers<void>();
  upstream.answer = async (_request, response) => {
    await off.promise;
    response.end('late but whole');
  };
  const underWay = get('/api/shipments');
  await vi.waitFor(() => expect(upstream.requests).toHaveLength(1), 20_000);
  const { body } = await ask('PUT', configure(1, { routes: { shipments: { switchedOff } } }));
  expect(route(body, 'shipments')).toEqual({ segment: 'shipments', upstream: 'shipping', cacheTtlMs: 0, switchedOff });
  off.resolve();
  expect(await (await underWay).text()).toBe('late but whole');
  const refused = await get('/api/shipments/7');
  expect([refused.status, await refused.json()]).toEqual([
    503,
    expect.objectContaining({
      code: 'ROUTE_SWITCHED_OFF',
      detail: '/api/shipments is switched off by Anna since 1970-01-01T00:16:40.000Z: stocktaking',
      by: 'Anna',
      reason: 'stocktaking',
    }),
  ]);
  expect((await get('/api/orders')).status).toBe(200);
  expect(upstream.requests).toHaveLength(2);
  await ask('PUT', configure(2));
  expect((await get('/api/shipments')).status).toBe(200);
});

it('points a route at another service, with that service’s breaker, keys and time for answers', async () => {
  const { gateway, ask, get } = await start();
  const forced = { side: 'open', reason: 'x', by: 'y', sinceMs: 1, untilMs: 2_000_000 };
  const wanted = {
    breakers: { payments: { forced } },
    routes: { products: { upstream: 'payments', cacheTtlMs: 5_000 } },
  };
  const { body } = await ask('PUT', configure(1, wanted));
  expect(route(body, 'products')).toMatchObject({ upstream: 'payments', cacheTtlMs: 5_000 });
  expect(body.environment.routes[1]).toEqual({
    segment: 'products',
    upstream: 'catalog',
    cacheTtlMs: expect.any(Number),
    switchedOff: null,
  });
  expect(gateway.gateway.routes.resolve('/api/products/1')).toMatchObject({
    route: { upstream: 'payments', httpRoute: '/api/products/*', cacheTtlMs: 5_000, honoursIdempotencyKey: true },
  });
  expect(await (await get('/api/products/1')).json()).toMatchObject({ code: 'CIRCUIT_OPEN', service: 'payments' });
});

it('gives kept answers again for as long as it is told now', async () => {
  const { upstream, ask, get } = await start();
  const asked = async () => {
    await (await get('/api/products/1')).arrayBuffer();
    return upstream.requests.length;
  };
  const keep = (version: number, cacheTtlMs: number) =>
    ask('PUT', configure(version, { routes: { products: { cacheTtlMs } } }));
  await keep(1, 60_000);
  expect([await asked(), await asked()]).toEqual([1, 1]);
  await keep(2, 0);
  expect(await asked()).toBe(2);
  await keep(3, 60_000);
  // What was kept before may have become untrue.
  expect([await asked(), await asked()]).toEqual([3, 3]);
});

it('starts with the limits and routes that it had, and reads what was kept before there were any', async () => {
  const DATA_DIR = mkdtempSync(path.join(tmpdir(), 'switchyard-gateway-'));
  stops.push(() => rmSync(DATA_DIR, { recursive: true }));
  const first = await start({ DATA_DIR });
  const limits = { short: { quota: 7, windowMs: 2_000 } };
  await first.ask('PUT', configure(3, { limits, routes: { orders: { switchedOff } } }));
  await first.gateway.stop();
  const second = await start({ DATA_DIR });
  const answer = await second.get('/api/orders');
  expect([answer.status, answer.headers.get('ratelimit-policy')]).toEqual([
    503,
    expect.stringContaining('"short";q=7;w=2'),
  ]);
  await second.gateway.stop();
  mkdirSync(path.join(DATA_DIR, 'gateway'), { recursive: true });
  writeFileSync(
    path.join(DATA_DIR, 'gateway/gateway-1.json'),
    JSON.stringify({ version: 4, issuedMs: 40, breakers: { payments: { failureThreshold: 9 } } }),
  );
  const third = await start({ DATA_DIR });
  const { body } = await third.ask('GET');
  expect([body.version, route(body, 'orders')?.switchedOff]).toEqual([4, null]);
});

it.each([
  ['a tier it does not have', { limits: { hourly: { quota: 1, windowMs: 1_000 } } }],
  ['a quota of nothing', { limits: { short: { quota: 0, windowMs: 1_000 } } }],
  ['a tier without a window', { limits: { short: { quota: 1 } } }],
  ['a route it does not have', { routes: { admin: { cacheTtlMs: 1 } } }],
  ['a service it does not have', { routes: { orders: { upstream: 'attacker' } } }],
  ['a route that is off without a reason', { routes: { orders: { switchedOff: { by: 'Anna', sinceMs: 1 } } } }],
])('refuses a configuration with %s, and changes nothing of it', async (_name, wanted) => {
  const { ask } = await start();
  const before = (await ask('GET')).body;
  expect((await ask('PUT', configure(1, { breakers: { payments: { failureThreshold: 1 } }, ...wanted }))).status).toBe(
    400,
  );
  expect((await ask('GET')).body).toMatchObject({
    version: 0,
    limits: before.limits,
    routes: before.routes,
    circuits: before.circuits.map(({ threshold }) => ({ threshold })),
  });
});
