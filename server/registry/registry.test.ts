// The registry over HTTP, with a Postgres of its own and instances that really answer.
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { InstanceList } from './list-instances.ts';
import { startTestRegistry, type TestRegistry } from './testing.ts';

const PATIENCE = { timeout: 20_000, interval: 50 };
let registry: TestRegistry;
const servers: Server[] = [];

beforeAll(async () => {
  registry = await startTestRegistry();
});
afterAll(() => registry?.stop());
beforeEach(async () => {
  registry.clock.aheadMs = 0;
  await registry.control.sql('TRUNCATE control.registered_instance');
});
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A process whose health a test decides. */
async function instance() {
  const state = { status: 200 };
  const server = createServer((_request, response) => response.writeHead(state.status).end()).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return Object.assign(state, { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

async function ask(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${registry.url}/api/registry/${path}`, {
    method,
    ...(method !== 'GET' && { headers: { 'content-type': 'application/json' } }),
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const type = answer.headers.get('content-type') ?? '';
  return { status: answer.status, type, body: (text ? JSON.parse(text) : null) as Record<string, unknown> };
}
const list = async (query = '') => (await ask('GET', `services/orders${query}`)).body as unknown as InstanceList;
const passing = async () => (await list('?passing')).instances.map((each) => each.instance);

it('takes an instance in, finds it well, and lets it go at its word', async () => {
  const { address } = await instance();
  const said = { address, adminAddress: 'http://127.0.0.1:9', version: '1.2.3', ttlSeconds: 20 };
  expect(await ask('PUT', 'services/orders/instances/orders-1', said)).toMatchObject({ status: 201 });
  expect(await ask('PUT', 'services/orders/instances/orders-1', said)).toMatchObject({ status: 200 });
  await vi.waitFor(async () => expect(await passing()).toEqual(['orders-1']), PATIENCE);
  const { instances } = (await ask('GET', 'instances')).body as unknown as InstanceList;
  expect(instances).toEqual([
    {
      ...said,
      service: 'orders',
      instance: 'orders-1',
      healthPath: '/readyz',
      status: 'passing',
      reason: '',
      statusSince: expect.any(String) as string,
      registeredAt: expect.any(String) as string,
      heartbeatAt: expect.any(String) as string,
    },
  ]);
  expect(await ask('PUT', 'services/orders/instances/orders-1/heartbeat')).toMatchObject({ status: 204 });
  expect(await ask('DELETE', 'services/orders/instances/orders-1')).toMatchObject({ status: 204 });
  expect(await passing()).toEqual([]);
  expect(await ask('PUT', 'services/orders/instances/orders-1/heartbeat')).toMatchObject({
    status: 404,
    type: 'application/problem+json',
    body: { detail: expect.stringContaining('register it') as string },
  });
});

it('asks each how it is: who answers badly, or nobody hears of, is critical, with the reason', async () => {
  const [well, ill] = await Promise.all([instance(), instance()]);
  await ask('PUT', 'services/orders/instances/orders-1', { address: well.address, ttlSeconds: 3_600 });
  await ask('PUT', 'services/orders/instances/orders-2', { address: ill.address, ttlSeconds: 15 });
  await vi.waitFor(async () => expect(await passing()).toEqual(['orders-1', 'orders-2']), PATIENCE);
  ill.status = 503;
  await vi.waitFor(async () => expect(await passing()).toEqual(['orders-1']), PATIENCE);
  expect((await list()).instances[1]).toMatchObject({ status: 'critical', reason: 'it answered 503' });
  ill.status = 200;
  await vi.waitFor(async () => expect(await passing()).toEqual(['orders-1', 'orders-2']), PATIENCE);
  registry.clock.aheadMs = 100_000;
  await vi.waitFor(async () => expect(await passing()).toEqual(['orders-1']), PATIENCE);
  expect((await list()).instances[1]?.reason).toContain('silent');
});

it('holds a question until something changes, or until its time is over', async () => {
  const { address } = await instance();
  const { index } = await list();
  const waiting = list(`?index=${index}&wait=60s`);
  await ask('PUT', 'services/orders/instances/orders-1', { address });
  const told = await waiting;
  expect(told.index).toBeGreaterThan(index);
  expect(told.instances.map((each) => each.instance)).toEqual(['orders-1']);
  await vi.waitFor(async () => expect(await passing()).toEqual(['orders-1']), PATIENCE);
  const quiet = await list();
  expect(await list(`?index=${quiet.index}&wait=100ms`)).toEqual(quiet);
  // Of another database, or older: answered at once.
  expect((await list(`?index=${quiet.index + 5}&wait=60s`)).index).toBe(quiet.index);
});

it.each([
  ['PUT', 'services/orders/instances/1', '{', 400, 'JSON'],
  ['PUT', 'services/orders/instances/1', [], 400, 'expected record'],
  ['PUT', 'services/orders/instances/1', {}, 400, 'address'],
  ['PUT', 'services/orders/instances/1', { address: 'ftp://x' }, 400, 'http://host:port'],
  ['PUT', 'services/orders/instances/1', { address: 'http://a:b@x' }, 400, 'password'],
  ['PUT', 'services/orders/instances/1', { address: 'http://x', ttlSeconds: 1 }, 400, 'ttlSeconds'],
  ['PUT', 'services/orders/instances/1', { address: 'http://x', weight: 1 }, 400, 'weight'],
  ['PUT', 'services/or%20ders/instances/1', { address: 'http://x' }, 400, 'service'],
  ['PUT', 'services/%zz/instances/1', { address: 'http://x' }, 400, 'encoded'],
  ['PUT', 'services/orders/instances/1', { address: 'http://x', version: 'v'.repeat(20_000) }, 413, 'bytes'],
  ['POST', 'services/orders/instances/1', {}, 405, 'PUT or DELETE'],
  ['GET', 'services/orders?wait=soon', undefined, 400, 'wait'],
  ['GET', 'services/orders?index=-1', undefined, 400, 'index'],
  ['GET', 'nodes', undefined, 404, 'nothing at'],
])('answers %s %s with %j by a problem document', async (method, path, body, status, detail) => {
  const answer = await ask(method, path, body);
  expect(answer).toMatchObject({ status, type: 'application/problem+json' });
  expect(answer.body).toMatchObject({ status, title: expect.any(String) as string });
  expect(answer.body.detail).toContain(detail);
  expect((await list()).instances).toEqual([]);
});
