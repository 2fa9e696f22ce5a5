import { request as httpRequest } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { TIMEOUT_HEADER } from '#services/kit/deadline.ts';
import { startTestGateway } from '../testing/start-test-gateway.ts';
import { startUpstream } from '../testing/start-upstream.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function start() {
  const upstream = await startUpstream();
  const gateway = await startTestGateway(upstream.origin, {
    UPSTREAM_ANSWER_TIMEOUT_MS: '60000',
    CIRCUIT_BREAKER_FAILURE_THRESHOLD: '1',
    THROTTLE_LIMIT_SHORT: '1000',
  });
  stops.push(gateway.stop, upstream.stop);
  const ask = (timeoutMs?: string, init: RequestInit = {}) =>
    fetch(`${gateway.url}/api/orders`, {
      ...init,
      headers: timeoutMs === undefined ? {} : { [TIMEOUT_HEADER]: timeoutMs },
    });
  const told = () => upstream.requests.at(-1)?.headers[TIMEOUT_HEADER];
  const breaker = () => gateway.gateway.breakers.get('orders')!.memory;
  return { upstream, gateway, ask, told, breaker };
}

it('tells the service how long it has: the answer timeout, or what the client allows if that is less', async () => {
  const { ask, told } = await start();
  await ask();
  expect(told()).toBe('60000');
  await ask('3600000');
  expect(told()).toBe('60000');
  await ask('nonsense');
  expect(told()).toBe('60000');
  await ask('50000');
  expect(Number(told())).toBeGreaterThan(0);
  expect(Number(told())).toBeLessThanOrEqual(50_000);
});

it('gives up when the client does, and blames nobody', async () => {
  const { upstream, ask, breaker } = await start();
  upstream.answer = () => undefined;
  const late = await ask('300');
  expect([late.status, await late.json()]).toMatchObject([504, { code: 'DEADLINE_EXCEEDED' }]);
  upstream.answer = (_request, response) => void response.writeHead(504).end();
  // The service's own word for the same haste.
  expect((await ask('50000', { method: 'POST' })).status).toBe(504);
  expect(breaker()).toMatchObject({ state: 'closed', failures: 0 });
  expect((await ask(undefined, { method: 'POST' })).status).toBe(504);
  expect(breaker().state).toBe('open');
});

it('calls nobody when no time is left', async () => {
  const { upstream, ask, breaker } = await start();
  const answer = await ask('0');
  expect([answer.status, await answer.json()]).toMatchObject([504, { code: 'DEADLINE_EXCEEDED' }]);
  expect(upstream.requests).toEqual([]);
  expect(breaker().calls).toBe(0);
});

it('does not guess how long a body takes that comes as the client sends it', async () => {
  const { upstream, gateway, told } = await start();
  upstream.answer = (received, response) => void received.once('end', () => response.end()).resume();
  const request = httpRequest(`${gateway.url}/api/orders`, { method: 'POST' });
  request.write('first');
  await expect.poll(() => upstream.requests.length, { timeout: 60_000 }).toBe(1);
  expect(told()).toBeUndefined();
  const answered = new Promise((resolve) => request.once('response', resolve));
  request.end();
  await answered;
});
