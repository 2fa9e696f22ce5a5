// Against a real redis-server (Debian: apt-get install redis-server). Where there is none these tests are skipped, and say so.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { startTestGateway } from '../testing/start-test-gateway.ts';
import { startUpstream } from '../testing/start-upstream.ts';

const PATIENCE = { timeout: 20_000, interval: 50 };
const WITHOUT = 'there is no redis-server on PATH: apt-get install redis-server';
const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const QUOTA = 10;
const VARIABLES = {
  THROTTLE_LIMIT_SHORT: String(QUOTA),
  // So long that no test sees a window end.
  THROTTLE_TTL_SHORT: '3600000',
  THROTTLE_LIMIT_MEDIUM: '1000',
  THROTTLE_LIMIT_LONG: '1000',
  UPSTREAM_ANSWER_TIMEOUT_MS: '60000',
  // A busy machine is no Redis that hangs.
  THROTTLE_REDIS_TIMEOUT_MS: '60000',
};
const dir = mkdtempSync(path.join(tmpdir(), 'switchyard-redis-'));
const stops: (() => Promise<void>)[] = [];
let port: number;
let redis: ChildProcess;

beforeAll(async () => {
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  ({ port } = free.address() as AddressInfo);
  free.close();
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));
beforeEach(async ({ skip }) => {
  if (!hasRedis) skip(WITHOUT);
  await startRedis();
});
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
  await killRedis();
});

async function startRedis() {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', dir];
  redis = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const chunk of redis.stdout!) if (String(chunk).includes('Ready to accept')) break;
}

async function killRedis() {
  if (!redis || redis.exitCode !== null || redis.signalCode !== null) return;
  const exited = once(redis, 'exit');
  redis.kill('SIGKILL');
  await exited;
}

async function startGateways(variables: Record<string, string> = {}) {
  const upstream = await startUpstream();
  stops.push(upstream.stop);
  const env = { ...VARIABLES, ...variables, REDIS_URL: `redis://127.0.0.1:${port}` };
  const gateways = await Promise.all([startTestGateway(upstream.origin, env), startTestGateway(upstream.origin, env)]);
  for (const { stop } of gateways) stops.push(stop);
  const ask = async (which: 0 | 1) => {
    const { status, headers } = await fetch(`${gateways[which].url}/api/products`);
    return { status, left: Number(/"short";r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]) };
  };
  /** How often the log of one says so of limits. */
  const said = (which: 0 | 1, words: string) =>
    gateways[which].lines.filter(({ msg }) => msg.includes('[limits]') && msg.includes(words)).length;
  // Until both have a connection each counts for itself.
  await vi.waitFor(async () => {
    restart();
    const [one, two] = [await ask(0), await ask(1)];
    expect(two.left).toBe(one.left - 1);
  }, PATIENCE);
  restart();
  const want = (limits: object, issuedMs: number) =>
    Promise.all(
      gateways.map(async ({ adminUrl }) => {
        const body = JSON.stringify({ version: issuedMs, issuedMs, breakers: {}, limits });
        const headers = { 'content-type': 'application/json' };
        expect((await fetch(`${adminUrl}/configuration`, { method: 'PUT', headers, body })).status).toBe(200);
      }),
    );
  const health = async () => {
    const answer = (await (await fetch(`${gateways[0].url}/health`)).json()) as { dependencies: { name: string }[] };
    return answer.dependencies.find(({ name }) => name === 'redis');
  };
  return { ask, said, want, health };
}

/** Counters anew. */
function restart() {
  const flushed = spawnSync('redis-cli', ['-p', String(port), 'FLUSHALL']);
  expect(flushed.status).toBe(0);
}

it('gives a client one quota at all gateways', async () => {
  const { ask } = await startGateways();
  const answers = [];
  for (let count = 0; count < QUOTA + 2; count++) answers.push(await ask(count % 2 === 0 ? 0 : 1));
  expect(answers.map(({ left }) => left)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0]);
  expect(answers.map(({ status }) => status)).toEqual([...Array(QUOTA).fill(200), 429, 429]);
});

it('judges what all have counted by another quota at once, and ends no window later than a shorter one would', async () => {
  const { ask, want } = await startGateways();
  for (let count = 0; count < 5; count++) await ask(0);
  await want({ short: { quota: 6, windowMs: 3_600_000 } }, 1);
  expect(await ask(1)).toEqual({ status: 200, left: 0 });
  expect((await ask(0)).status).toBe(429);
  await want({ short: { quota: 6, windowMs: 2_000 } }, 2);
  await ask(0);
  // The hour that the window still had is gone.
  await vi.waitFor(async () => expect((await ask(1)).status).toBe(200), PATIENCE);
});

it('goes on counting by itself while Redis is away, says so once, and shares again', async () => {
  const { ask, said } = await startGateways();
  for (let count = 0; count < QUOTA; count++) await ask(0);
  expect((await ask(1)).status).toBe(429);
  const before = said(1, 'is away');
  await killRedis();
  const statuses: number[] = [];
  for (let count = 0; count < QUOTA + 2; count++) statuses.push((await ask(1)).status);
  // What it counted before it had a connection may be in its own counter as well.
  expect(statuses.slice(-2)).toEqual([429, 429]);
  expect(said(1, 'is away')).toBe(before + 1);
  await startRedis();
  await vi.waitFor(async () => {
    restart();
    const [one, two] = [await ask(0), await ask(1)];
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(two.left).toBe(one.left - 1);
  }, PATIENCE);
  expect(said(1, 'is back')).toBeGreaterThan(0);
  expect(said(1, 'is away')).toBe(before + 1);
});

it('does not wait for a Redis that hangs', async () => {
  const { ask, said } = await startGateways({ THROTTLE_REDIS_TIMEOUT_MS: '100' });
  redis.kill('SIGSTOP');
  const statuses: number[] = [];
  for (let count = 0; count < 5; count++) statuses.push((await ask(0)).status);
  expect(statuses).toEqual(Array(5).fill(200));
  expect(said(0, 'is away')).toBeGreaterThan(0);
  redis.kill('SIGCONT');
});

it('tells by its health whether Redis answers', async () => {
  const { health } = await startGateways();
  const redisIs = (status: string) =>
    vi.waitFor(async () => expect(await health()).toMatchObject({ kind: 'cache', status }), PATIENCE);
  await redisIs('ok');
  await killRedis();
  await redisIs('away');
  await startRedis();
  await redisIs('ok');
});
