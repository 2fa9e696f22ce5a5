// A gateway with two places at each service and one to wait in.
import { once } from 'node:events';
import { request as httpRequest, type ServerResponse } from 'node:http';
import { SpanStatusCode } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { afterAll, afterEach, expect, it } from 'vitest';
import { startTestGateway } from '../testing/start-test-gateway.ts';
import { startUpstream } from '../testing/start-upstream.ts';

const spans = new InMemorySpanExporter();
const tracing = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
tracing.register();
afterAll(() => tracing.shutdown());
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function start() {
  const held: ServerResponse[] = [];
  const upstream = await startUpstream((_request, response) => void held.push(response));
  const gateway = await startTestGateway(upstream.origin, {
    BULKHEAD_CALLS_MAX: '2',
    BULKHEAD_WAITING_MAX: '1',
    UPSTREAM_ANSWER_TIMEOUT_MS: '60000',
    THROTTLE_LIMIT_SHORT: '1000',
  });
  stops.push(gateway.stop, upstream.stop);
  const ask = (path = '/api/orders', init?: RequestInit) => fetch(gateway.url + path, init);
  const metric = async (line: string) => (await (await ask('/metrics')).text()).includes(`${line}\n`);
  /** Two calls under way and one that waits, by what the gateway says. */
  const fill = async () => {
    const calls = [ask(), ask()];
    await expect.poll(() => held.length, { timeout: 60_000 }).toBe(2);
    const waiting = ask();
    await expect.poll(() => metric('bulkhead_waiting{name="orders"} 1'), { timeout: 60_000 }).toBe(true);
    return { calls, waiting };
  };
  return { upstream, gateway, held, ask, metric, fill };
}

it('refuses at once what finds no place, blames nobody, and leaves other services alone', async () => {
  const { gateway, held, ask, metric, fill } = await start();
  const { calls, waiting } = await fill();
  const refused = await ask();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await refused.json()).toMatchObject({ code: 'BULKHEAD_FULL', status: 503 });
  expect(gateway.gateway.breakers.get('orders')!.memory).toMatchObject({ failures: 0, calls: 0 });
  expect(await metric('bulkhead_refusals_total{name="orders"} 1')).toBe(true);
  const [span] = spans.getFinishedSpans().filter(({ attributes }) => attributes['bulkhead.outcome'] === 'rejected');
  expect(span).toMatchObject({ status: { code: SpanStatusCode.ERROR }, attributes: { 'peer.service': 'orders' } });

  const other = ask('/api/payments');
  await expect.poll(() => held.length, { timeout: 60_000 }).toBe(3);
  held.pop()!.end();
  expect((await other).status).toBe(200);

  // One leaves, and who waited has the place.
  held.shift()!.end();
  await expect.poll(() => held.length, { timeout: 60_000 }).toBe(2);
  for (const response of held) response.end();
  expect((await Promise.all([...calls, waiting])).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await metric('bulkhead_calls{name="orders"} 0')).toBe(true);
});

it('a place is left with the last byte of the answer, not with the first', async () => {
  const { gateway, held, metric, ask } = await start();
  const request = httpRequest(`${gateway.url}/api/orders`).end();
  await expect.poll(() => held.length, { timeout: 60_000 }).toBe(1);
  held[0]!.write('half');
  const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
  expect(await metric('bulkhead_calls{name="orders"} 1')).toBe(true);
  held[0]!.end();
  for await (const _ of response);
  await expect.poll(() => metric('bulkhead_calls{name="orders"} 0'), { timeout: 60_000 }).toBe(true);
  expect((await ask('/livez')).status).toBe(200);
});

it('who leaves while they wait is forgotten', async () => {
  const { held, ask, metric } = await start();
  const calls = [ask(), ask()];
  await expect.poll(() => held.length, { timeout: 60_000 }).toBe(2);
  const leaver = new AbortController();
  const left = ask('/api/orders', { signal: leaver.signal }).catch(() => 'left');
  await expect.poll(() => metric('bulkhead_waiting{name="orders"} 1'), { timeout: 60_000 }).toBe(true);
  leaver.abort();
  expect(await left).toBe('left');
  await expect.poll(() => metric('bulkhead_waiting{name="orders"} 0'), { timeout: 60_000 }).toBe(true);
  expect(await metric('bulkhead_refusals_total{name="orders"} 0')).toBe(true);
  for (const response of held) response.end();
  await Promise.all(calls);
  await expect.poll(() => metric('bulkhead_calls{name="orders"} 0'), { timeout: 60_000 }).toBe(true);
});
