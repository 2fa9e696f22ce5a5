// One suite for every registry: the console's own, as the console serves it, and Consul's API, as a double of it speaks it (see
// testing/consul-double.ts: no Consul runs here).
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestRegistry } from '#server/registry/testing.ts';
import { readServiceEnv } from '../env.ts';
import { startConsulDouble } from '../testing/consul-double.ts';
import { announceInstance } from './announce-instance.ts';
import { followService } from './follow-service.ts';
import { openRegistry } from './open-registry.ts';
import type { Instance, Registration, Registry } from './registry.ts';

const PATIENCE = { timeout: 20_000, interval: 50 };
const log = pino({ level: 'silent' });

interface Running {
  env: Record<string, string>;
  clock: { aheadMs: number };
  /** As after a loss of its state. */
  forget: () => Promise<unknown> | void;
  stop: () => Promise<void>;
}

const KINDS: Record<string, () => Promise<Running>> = {
  'the console': async () => {
    const registry = await startTestRegistry();
    const forget = () => registry.control.sql('TRUNCATE control.registered_instance');
    return { ...registry, env: { REGISTRY_URL: registry.url }, forget };
  },
  'Consul (a double)': async () => {
    const double = await startConsulDouble('a-token');
    return { ...double, env: { CONSUL_HTTP_ADDR: double.url.slice('http://'.length), CONSUL_HTTP_TOKEN: 'a-token' } };
  },
};

describe.each(Object.entries(KINDS))('%s', (_, start) => {
  let running: Running;
  let registry: Registry;
  const servers: Server[] = [];

  beforeAll(async () => {
    running = await start();
    registry = openRegistry(readServiceEnv(running.env))!;
  });
  afterAll(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    await running?.stop();
  });

  async function instanceOf(service: string, number: number, ttlSeconds = 3_600) {
    const state = { status: 200 };
    const server = createServer((_request, response) => response.writeHead(state.status).end()).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const registration: Registration = {
      service,
      instance: `${service}-${number}`,
      address,
      adminAddress: 'http://127.0.0.1:9',
      version: '1.0.0',
      healthPath: '/readyz',
      ttlSeconds,
    };
    return { state, registration, seen: { id: registration.instance, address } };
  }
  const ids = async (service: string) =>
    (await registry.watch(service, { waitS: 1 })).instances.map(({ id }) => id).toSorted();

  it('shows an instance once it was found well, and no more when it has left', async () => {
    const one = await instanceOf('catalog', 1);
    expect(await ids('catalog')).toEqual([]);
    await registry.register(one.registration);
    await vi.waitFor(
      async () => expect((await registry.watch('catalog', { waitS: 1 })).instances).toEqual([one.seen]),
      PATIENCE,
    );
    await registry.register(one.registration);
    expect(await registry.keep(one.registration)).toBe(true);
    expect(await ids('auth')).toEqual([]);
    await registry.leave(one.registration);
    expect(await ids('catalog')).toEqual([]);
    await registry.leave(one.registration);
    expect(await registry.keep(one.registration)).toBe(false);
  });

  it('holds a question until there is news', async () => {
    const one = await instanceOf('shipping', 1);
    let { index } = await registry.watch('shipping', { waitS: 1 });
    const told = vi.fn<(ids: string[]) => void>();
    const following = (async () => {
      while (told.mock.calls.length === 0) {
        const news = await registry.watch('shipping', { index, waitS: 60 });
        index = news.index;
        if (news.instances.length > 0) told(news.instances.map(({ id }) => id));
      }
    })();
    await registry.register(one.registration);
    await following;
    expect(told).toHaveBeenCalledWith(['shipping-1']);
    const gone = new AbortController();
    const held = registry.watch('shipping', { index, waitS: 60, signal: gone.signal });
    gone.abort();
    await expect(held).rejects.toThrow();
  });

  it('leaves out who answers badly, and who was silent for too long', async () => {
    const [well, ill, silent] = await Promise.all([
      instanceOf('orders', 1),
      instanceOf('orders', 2),
      instanceOf('orders', 3, 15),
    ]);
    await Promise.all([well, ill, silent].map(({ registration }) => registry.register(registration)));
    await vi.waitFor(async () => expect(await ids('orders')).toEqual(['orders-1', 'orders-2', 'orders-3']), PATIENCE);
    ill.state.status = 503;
    await vi.waitFor(async () => expect(await ids('orders')).toEqual(['orders-1', 'orders-3']), PATIENCE);
    ill.state.status = 200;
    await vi.waitFor(async () => expect(await ids('orders')).toEqual(['orders-1', 'orders-2', 'orders-3']), PATIENCE);
    running.clock.aheadMs = 60_000;
    await vi.waitFor(async () => expect(await ids('orders')).toEqual(['orders-1', 'orders-2']), PATIENCE);
    expect(await registry.keep(silent.registration)).toBe(true);
    await vi.waitFor(async () => expect(await ids('orders')).toEqual(['orders-1', 'orders-2', 'orders-3']), PATIENCE);
    running.clock.aheadMs = 0;
  });

  it('is told again by who it forgot; who follows keeps the last that it knew', async () => {
    const one = await instanceOf('inventory', 1, 2);
    let known: Instance[] = [];
    const following = followService(registry, 'inventory', { log, onInstances: (instances) => (known = instances) });
    const announced = announceInstance(registry, one.registration, log);
    await vi.waitFor(() => expect(known).toEqual([one.seen]), PATIENCE);
    await running.forget();
    expect(known).toEqual([one.seen]);
    await vi.waitFor(async () => expect(await ids('inventory')).toEqual(['inventory-1']), PATIENCE);
    await announced.leave();
    expect(await ids('inventory')).toEqual([]);
    expect(known).toEqual([one.seen]);
    following.stop();
  });
});

it('lets work begin while the registry is away, and finds it when it is back', async () => {
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as AddressInfo;
  free.close();
  const answers: string[] = [];
  const registry = openRegistry(readServiceEnv({ REGISTRY_URL: `http://127.0.0.1:${port}` }))!;
  const onInstances = (instances: Instance[]) => void answers.push(...instances.map(({ id }) => id));
  const following = followService(registry, 'orders', { log, onInstances });
  const late = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ index: 1, instances: [{ instance: 'orders-1', address: 'http://127.0.0.1:1' }] }));
  }).listen(port, '127.0.0.1');
  await once(late, 'listening');
  await vi.waitFor(() => expect(answers).toContain('orders-1'), PATIENCE);
  following.stop();
  late.closeAllConnections();
  late.close();
});

it('is nobody without a variable', () => {
  expect(openRegistry(readServiceEnv({}))).toBeNull();
  expect(openRegistry(readServiceEnv({ REGISTRY_URL: '' }))).toBeNull();
  expect(() => readServiceEnv({ REGISTRY_URL: 'nowhere' })).toThrow('REGISTRY_URL');
});
