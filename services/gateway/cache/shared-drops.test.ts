// Against a real redis-server. Where there is none these tests are skipped, and say so.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { hasRedis, startTestRedis, WITHOUT_REDIS, type TestRedis } from '#services/kit/testing/redis-server.ts';
import { startTestGateway } from '../testing/start-test-gateway.ts';
import { startUpstream } from '../testing/start-upstream.ts';

const PATIENCE = { timeout: 20_000, interval: 50 };
const UNLIMITED = {
  THROTTLE_LIMIT_SHORT: '100000',
  THROTTLE_LIMIT_MEDIUM: '100000',
  THROTTLE_LIMIT_LONG: '100000',
  UPSTREAM_ANSWER_TIMEOUT_MS: '60000',
};
const stops: (() => Promise<void>)[] = [];
let redis: TestRedis;

beforeEach(async ({ skip }) => {
  if (!hasRedis()) skip(WITHOUT_REDIS);
  redis = await startTestRedis();
  stops.push(redis.stop);
});
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** A way to Redis that can be cut. */
async function startLine() {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((socket) => {
    if (isCut) return socket.destroy();
    const onward = connect(redis.port, '127.0.0.1');
    for (const each of [socket, onward]) sockets.add(each.on('error', () => undefined));
    return socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  stops.push(async () => {
    cut();
    await new Promise((resolve) => server.close(resolve));
  });
  const mend = () => {
    isCut = false;
  };
  return { url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`, cut, mend };
}

async function startGateways() {
  const upstream = await startUpstream();
  stops.push(upstream.stop);
  const line = await startLine();
  const [own, other] = await Promise.all([
    startTestGateway(upstream.origin, { ...UNLIMITED, REDIS_URL: `redis://127.0.0.1:${redis.port}` }),
    startTestGateway(upstream.origin, { ...UNLIMITED, REDIS_URL: line.url }),
  ]);
  stops.push(own.stop, other.stop);
  const ask = async (gateway: typeof own, method = 'GET') => {
    const answer = await fetch(`${gateway.url}/api/products/mug`, { method });
    await answer.text();
    return answer.headers.get('cache-status') ?? '';
  };
  const isKept = async (gateway: typeof own) => (await ask(gateway)).includes('; hit');
  /** Until all who are connected hear of it. */
  const bothHear = () =>
    vi.waitFor(async () => {
      await ask(other);
      await ask(own, 'POST');
      expect(await isKept(other)).toBe(false);
    }, PATIENCE);
  return { own, other, ask, isKept, bothHear, line };
}

it('drops at every gateway what changed by one, and not what others keep elsewhere', async () => {
  const { own, other, ask, isKept, bothHear } = await startGateways();
  await bothHear();
  await ask(other);
  expect(await isKept(other)).toBe(true);
  await fetch(`${own.adminUrl}/cache/purge`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"prefix":"/api/products/cup"}',
  });
  expect(await isKept(other)).toBe(true);
  await ask(own, 'DELETE');
  await vi.waitFor(() => expect(other.gateway.cache.store.count).toBe(0), PATIENCE);
  const metrics = await (await fetch(`${other.url}/metrics`)).text();
  expect(metrics).toMatch(/response_cache_invalidations_total\{cause="other gateway"\} [1-9]/);
});

it('drops everything once when it may have missed something', async () => {
  const { own, other, ask, isKept, bothHear, line } = await startGateways();
  await bothHear();
  line.cut();
  await vi.waitFor(
    () => expect(other.lines.map(({ msg }) => msg).join('\n')).toContain('[cache] Redis is away'),
    PATIENCE,
  );
  await ask(other);
  expect(await isKept(other)).toBe(true);
  await ask(own, 'POST');
  expect(await isKept(other)).toBe(true);
  line.mend();
  await vi.waitFor(() => expect(other.gateway.cache.store.count).toBe(0), PATIENCE);
  expect(other.lines.map(({ msg }) => msg).join('\n')).toContain('[cache] Redis is back');
});
