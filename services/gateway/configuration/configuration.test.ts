import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
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

function dataDir(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'switchyard-gateway-'));
  stops.push(() => rmSync(dir, { recursive: true }));
  return dir;
}

async function start(variables: Record<string, string> = {}) {
  const upstream = await startUpstream();
  stops.push(upstream.stop);
  const gateway = await startTestGateway(upstream.origin, { SERVICE_INSTANCE_ID: 'gateway-1', ...variables });
  stops.push(gateway.stop);
  const ask = async (method: string, target: string, body?: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(gateway.adminUrl + target, { method, headers, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as HeldConfiguration };
  };
  const pay = async () => (await fetch(`${gateway.url}/api/payments`, { method: 'POST' })).status;
  const payments = async () => {
    const answer = await fetch(`${gateway.url}/api/health/circuits`);
    const { circuits } = (await answer.json()) as HeldConfiguration;
    return circuits.find(({ service }) => service === 'payments');
  };
  return { upstream, gateway, ask, pay, payments };
}

const force = (side: 'open' | 'closed', untilMs = 1_900_000) => ({
  forced: { side, reason: 'the bank is down', by: 'Anna', sinceMs: 1_000_000, untilMs },
});
const configure = (version: number, payments: object = {}) => ({
  version,
  issuedMs: version * 10,
  breakers: { payments },
});
const configureOrders = (version: number, orders: object) => ({ ...configure(version), breakers: { orders } });

it('forces a breaker, says so everywhere, and gives it back', async () => {
  const { gateway, ask, pay, payments } = await start();
  const put = await ask('PUT', '/configuration', configure(1, force('open')));
  expect([put.status, put.body.version, put.body.instance]).toEqual([200, 1, 'gateway-1']);
  expect(await pay()).toBe(503);
  expect(await payments()).toMatchObject({
    state: 'forced_open',
    computed: 'closed',
    forced: 'open',
    forcedBy: 'Anna',
    forcedReason: 'the bank is down',
    forcedUntil: new Date(1_900_000).toISOString(),
  });
  await ask('PUT', '/configuration', configure(2, { note: 'released by Anna: the bank is back' }));
  expect(await pay()).toBe(200);
  expect(gateway.transitions.map(({ state, reason }) => [state, reason])).toEqual([
    ['forced_open', 'forced open by Anna for 15 min: the bank is down'],
    ['closed', 'released by Anna: the bank is back'],
  ]);
});

it('reverts at the expiry without calls and without the console', async () => {
  const { gateway, ask } = await start();
  await ask('PUT', '/configuration', configure(1, force('open', 1_000_500)));
  gateway.clock.nowMs = 1_000_500;
  await vi.waitFor(() => expect(gateway.transitions.at(-1)).toMatchObject({ state: 'closed' }), 20_000);
});

it('drops no request that is under way when a configuration comes', async () => {
  const { upstream, ask, pay } = await start();
  const configured = Promise.withResolvers<void>();
  upstream.answer = async (_request, response) => {
    await configured.promise;
    response.end('late but whole');
  };
  const calls = Array.from({ length: 10 }, pay);
  await vi.waitFor(() => expect(upstream.requests).toHaveLength(10), 20_000);
  expect((await ask('PUT', '/configuration', configure(1, force('open')))).status).toBe(200);
  configured.resolve();
  expect(new Set(await Promise.all(calls))).toEqual(new Set([200]));
  expect(await pay()).toBe(503);
});

it('tunes, and goes back to the environment when nothing is wanted any more', async () => {
  const { ask, pay, payments, upstream } = await start({ CIRCUIT_BREAKER_FAILURE_THRESHOLD: '7' });
  upstream.answer = (_request, response) => response.writeHead(500).end();
  await ask('PUT', '/configuration', configure(1, { failureThreshold: 2, resetTimeoutMs: 400 }));
  expect(await payments()).toMatchObject({ threshold: 2, resetTimeoutMs: 400, halfOpenSuccessCount: 2 });
  expect([await pay(), await pay(), await pay()]).toEqual([500, 500, 503]);
  await ask('PUT', '/configuration', configure(2));
  expect(await payments()).toMatchObject({ threshold: 7, state: 'open' });
});

it('tunes how long a call may take, whether it is made twice, and the window by which failures are judged', async () => {
  const { ask, payments, upstream, gateway } = await start();
  const list = async () => (await fetch(`${gateway.url}/api/orders`)).status;
  const wanted = { retriesMax: 0, windowMs: 5_000, failurePercent: 30 };
  expect(await payments()).toMatchObject({ answerTimeoutMs: 2_000, retriesMax: 1, windowMs: 0, failurePercent: 50 });
  upstream.answer = (_request, response) => response.writeHead(503).end();
  await list();
  expect(upstream.requests).toHaveLength(2);

  const { body } = await ask('PUT', '/configuration', configureOrders(1, wanted));
  expect(body.circuits.find(({ service }) => service === 'orders')).toMatchObject(wanted);
  await list();
  expect(upstream.requests).toHaveLength(3);
  await ask('PUT', '/configuration', configureOrders(2, { ...wanted, answerTimeoutMs: 50 }));
  upstream.answer = () => undefined;
  expect(await list()).toBe(504);

  await ask('PUT', '/configuration', configureOrders(3, { ...wanted, failureThreshold: 2 }));
  upstream.answer = (_request, response) => response.end();
  await list();
  upstream.answer = (_request, response) => response.writeHead(500).end();
  await list();
  expect(gateway.transitions.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
    'orders: 3 of 4 calls failed in 5 s, the last: HTTP 500',
  ]);
});

it('probes an open breaker, and refuses to probe another', async () => {
  const { ask, pay, upstream, gateway } = await start({ CIRCUIT_BREAKER_FAILURE_THRESHOLD: '1' });
  const probe = { by: 'Anna', reason: 'it is back' };
  expect((await ask('POST', '/breakers/payments/probe', probe)).status).toBe(409);
  expect((await ask('POST', '/breakers/nobody/probe', probe)).status).toBe(404);
  upstream.answer = (_request, response) => response.writeHead(500).end();
  await pay();
  upstream.answer = (_request, response) => response.end();
  expect((await ask('POST', '/breakers/payments/probe', probe)).status).toBe(200);
  expect([await pay(), await pay()]).toEqual([200, 200]);
  expect(gateway.transitions.map(({ state, reason }) => [state, reason]).slice(1)).toEqual([
    ['half_open', 'probe by Anna: it is back'],
    ['closed', '2 trial calls succeeded'],
  ]);
});

it('keeps the newer of two configurations, and takes the same one again', async () => {
  const { ask } = await start();
  await ask('PUT', '/configuration', configure(5));
  expect((await ask('PUT', '/configuration', configure(4, force('open')))).status).toBe(409);
  expect((await ask('PUT', '/configuration', configure(5))).status).toBe(200);
  expect((await ask('GET', '/configuration')).body).toMatchObject({ version: 5, issuedMs: 50 });
});

it('starts as it ended, and without what is over by then', async () => {
  const DATA_DIR = dataDir();
  const first = await start({ DATA_DIR });
  await first.ask('PUT', '/configuration', configure(3, { ...force('open', 1_000_800), failureThreshold: 9 }));
  await first.gateway.stop();
  const second = await start({ DATA_DIR });
  expect(await second.payments()).toMatchObject({ forced: 'open', threshold: 9 });
  expect(await second.pay()).toBe(503);
  second.gateway.clock.nowMs = 1_000_800;
  expect(await second.pay()).toBe(200);
  await second.gateway.stop();
  writeFileSync(path.join(DATA_DIR, 'gateway/gateway-1.json'), '{"version":');
  const third = await start({ DATA_DIR });
  expect((await third.ask('GET', '/configuration')).body).toMatchObject({ version: 0 });
});

it.each([
  ['a setting it does not know', { version: 1, issuedMs: 1, breakers: { payments: { colour: 'red' } } }],
  ['no version', { issuedMs: 1, breakers: {} }],
  ['a threshold of nothing', configure(1, { failureThreshold: 0 })],
  ['more retries than there are', configure(1, { retriesMax: 2 })],
  ['a force without an end', configure(1, { forced: { side: 'open', reason: 'x', by: 'y', sinceMs: 1 } })],
])('refuses a configuration with %s', async (_name, body) => {
  const { ask, payments } = await start();
  expect((await ask('PUT', '/configuration', body)).status).toBe(400);
  expect(await payments()).toMatchObject({ forced: null, threshold: 5 });
});

it('lets no page of another origin, no other name of this machine and no form act', async () => {
  const { gateway } = await start();
  const put = (headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const url = `${gateway.adminUrl}/configuration`;
      const sent = httpRequest(url, { method: 'PUT', headers, agent: false }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      sent.once('error', reject).end(JSON.stringify(configure(1, force('open'))));
    });
  const json = { 'content-type': 'application/json' };
  expect(await put({ ...json, host: 'attacker.example' })).toBe(403);
  expect(await put({ ...json, origin: 'https://attacker.example' })).toBe(403);
  expect(await put({ 'content-type': 'text/plain' })).toBe(403);
  expect(gateway.gateway.breakers.get('payments')?.state).toBe('closed');
});
