import type { IncomingMessage, ServerResponse } from 'node:http';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ROUTES } from '../proxy/routes.ts';
import { startTestGateway } from '../testing/start-test-gateway.ts';
import { startUpstream } from '../testing/start-upstream.ts';
import { createCache } from './cache.ts';
import { storeAnswer } from './stored-answer.ts';

/** A busy machine is neither a client that asks too much nor a service that hangs. */
const PATIENT = {
  THROTTLE_LIMIT_SHORT: '100000',
  THROTTLE_LIMIT_MEDIUM: '100000',
  THROTTLE_LIMIT_LONG: '100000',
  UPSTREAM_ANSWER_TIMEOUT_MS: '60000',
  CIRCUIT_BREAKER_FAILURE_THRESHOLD: '3',
};
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function start(variables: Record<string, string> = {}) {
  const upstream = await startUpstream();
  stops.push(upstream.stop);
  const gateway = await startTestGateway(upstream.origin, { ...PATIENT, ...variables });
  stops.push(gateway.stop);
  const get = async (path = '/api/products/mug', headers: Record<string, string> = {}, method = 'GET') => {
    // Not by fetch, which says no-cache of its own accord with a condition.
    const answer = await request(gateway.url + path, { method: method as 'GET', headers });
    const body = await answer.body.text();
    const told = answer.headers as Record<string, string | undefined>;
    return { status: answer.statusCode, body, headers: told, cache: told['cache-status'] };
  };
  let count = 0;
  /** Each answer is another one. */
  const answerWith = (headers: Record<string, string | string[]> = {}, status = 200) => {
    upstream.answer = (_request, response) => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      // Not by writeHead, after which Node does not say how long it is.
      response.statusCode = status;
      response.end(`answer ${(count += 1)}`);
    };
  };
  answerWith();
  const pass = (ms: number) => {
    gateway.clock.nowMs += ms;
  };
  const metrics = async () => (await fetch(`${gateway.url}/metrics`)).text();
  return { upstream, gateway, get, answerWith, pass, metrics, asked: () => upstream.requests.length };
}

async function startHeld() {
  const started = await start();
  const held: [IncomingMessage, ServerResponse][] = [];
  started.upstream.answer = (...exchange) => void held.push(exchange);
  const waiting = (count: number) => Array.from({ length: count }, () => started.get());
  return { ...started, held, waiting };
}

const fail = (response: ServerResponse) => void response.writeHead(500).end('broken');

describe('what is kept', () => {
  it('is given again for as long as its route says, with its age, and then asked for anew', async () => {
    const { get, pass, asked, metrics } = await start();
    const first = await get();
    expect(first).toMatchObject({ body: 'answer 1', cache: 'switchyard; fwd=uri-miss; fwd-status=200; stored' });
    pass(4_000);
    const again = await get();
    expect(again).toMatchObject({ status: 200, body: 'answer 1', cache: 'switchyard; hit; ttl=1' });
    expect(again.headers.age).toBe('4');
    pass(1_000);
    expect(await get()).toMatchObject({ body: 'answer 2', cache: 'switchyard; fwd=stale; fwd-status=200; stored' });
    expect(asked()).toBe(2);
    const told = await metrics();
    expect(told).toContain('response_cache_answers_total{http_route="/api/products/*",outcome="hit"} 1');
    expect(told).toContain('response_cache_answers_total{http_route="/api/products/*",outcome="miss"} 2');
    expect(told).toContain('response_cache_entries 1');
    expect(told).toMatch(/response_cache_bytes [1-9]/);
  });

  it('is given to HEAD too, and another path, query or host is another matter', async () => {
    const { get, asked, gateway } = await start();
    await get();
    const head = await get('/api/products/mug', {}, 'HEAD');
    expect([head.body, head.headers['content-length'], asked()]).toEqual(['', '8', 1]);
    expect(await get('/api/products/mug?size=2')).toMatchObject({ body: 'answer 2' });
    const byName = await fetch(gateway.url.replace('127.0.0.1', 'localhost') + '/api/products/mug');
    expect(await byName.text()).toBe('answer 3');
  });

  it.each([
    ['a route that is not cached', '/api/orders/1', {}, {}],
    ['a request with a token', undefined, { authorization: 'Bearer a.b.c-0123456789012345' }, {}],
    ['a request that says no-store', undefined, { 'cache-control': 'no-store' }, {}],
    ['a request for a piece', undefined, { range: 'bytes=0-1' }, {}],
    ['what is private', undefined, {}, { 'cache-control': 'private' }],
    ['what must not be stored', undefined, {}, { 'cache-control': 'no-store' }],
    ['what sets a cookie', undefined, {}, { 'set-cookie': 'a=1' }],
    ['what varies by everything', undefined, {}, { vary: '*' }],
    ['what does not say how long it is', undefined, {}, { 'transfer-encoding': 'chunked' }],
  ])('is not %s', async (_name, path, headers: Record<string, string>, answer: Record<string, string>) => {
    const { get, answerWith } = await start();
    answerWith(answer);
    expect((await get(path, headers)).body).toBe('answer 1');
    expect((await get(path, headers)).body).toBe('answer 2');
  });

  it('is nothing that is no 200, and nothing that is too large', async () => {
    const { get, answerWith } = await start({ GATEWAY_CACHE_ENTRY_BYTES_MAX: '4' });
    expect((await get()).cache).toBe('switchyard; fwd=uri-miss; fwd-status=200; detail="too large"');
    answerWith({}, 404);
    expect(await get()).toMatchObject({ status: 404, body: 'answer 2' });
    expect((await get()).body).toBe('answer 3');
  });

  it('is shown to others than a token holder only if it is public', async () => {
    const { get, answerWith, asked } = await start();
    const mine = { authorization: 'Bearer a.b.c-0123456789012345' };
    await get();
    // What anybody was told is still no answer to somebody.
    expect((await get(undefined, mine)).body).toBe('answer 2');
    expect((await get()).body).toBe('answer 1');
    answerWith({ 'cache-control': 'public, max-age=9' });
    await get('/api/products/cup', mine);
    await get('/api/products/cup', mine);
    await get('/api/products/cup');
    expect(asked()).toBe(3);
  });

  it('is told apart by what it varies by', async () => {
    const { upstream, get, asked } = await start();
    upstream.answer = ({ headers }, response) => {
      response.setHeader('vary', 'Accept-Language').end(headers['accept-language']);
    };
    for (const language of ['de', 'en', 'de', 'en'])
      expect((await get(undefined, { 'accept-language': language })).body).toBe(language);
    expect(asked()).toBe(2);
  });

  it('is given to pages of each origin that may read it, and to no other', async () => {
    const { get, answerWith, asked } = await start({ CORS_ORIGINS: 'http://one.test,http://two.test' });
    answerWith({ vary: 'accept-language' });
    for (const origin of ['http://one.test', 'http://two.test']) {
      const { headers } = await get(undefined, { origin });
      expect([headers['access-control-allow-origin'], headers.vary]).toEqual([origin, 'Origin, accept-language']);
    }
    const { headers } = await get(undefined, { origin: 'http://three.test' });
    expect([headers['access-control-allow-origin'], asked()]).toEqual([undefined, 1]);
  });

  it('lets a client that has it already have it', async () => {
    const { get, asked, answerWith } = await start();
    const own = (await get()).headers.etag!;
    const unchanged = await get(undefined, { 'if-none-match': own });
    expect([unchanged.status, unchanged.body, unchanged.headers.etag]).toEqual([304, '', own]);
    expect(unchanged.headers['content-length']).toBeUndefined();
    expect((await get(undefined, { 'if-none-match': '"other"' })).status).toBe(200);
    answerWith({ etag: '"7"' });
    // Also if it is the first to ask: others may have use for the whole.
    expect((await get('/api/products/cup', { 'if-none-match': 'W/"7"' })).status).toBe(304);
    expect((await get('/api/products/cup')).body).toBe('answer 2');
    expect(asked()).toBe(2);
  });

  it('lives as long as the operator wants it now', async () => {
    const { get, gateway, pass } = await start();
    const want = async (issuedMs: number, cacheTtlMs: number) => {
      const body = JSON.stringify({ version: issuedMs, issuedMs, breakers: {}, routes: { products: { cacheTtlMs } } });
      const headers = { 'content-type': 'application/json' };
      expect((await fetch(`${gateway.adminUrl}/configuration`, { method: 'PUT', headers, body })).status).toBe(200);
    };
    await get();
    await want(1, 60_000);
    pass(30_000);
    expect(await get()).toMatchObject({ body: 'answer 1', cache: 'switchyard; hit; ttl=30' });
    await want(2, 10_000);
    expect((await get()).body).toBe('answer 2');
    await want(3, 0);
    expect(await get()).toMatchObject({ body: 'answer 3', cache: undefined });
  });

  it('is asked after by its version when it is stale', async () => {
    const { upstream, get, pass, asked } = await start();
    upstream.answer = ({ headers }, response) => {
      response.setHeader('etag', '"7"');
      if (headers['if-none-match'] === '"7"') response.statusCode = 304;
      response.end(response.statusCode === 304 ? undefined : 'the mug');
    };
    await get();
    pass(6_000);
    const revalidated = await get();
    expect(revalidated).toMatchObject({ status: 200, body: 'the mug' });
    expect(revalidated.cache).toBe('switchyard; fwd=stale; fwd-status=304; stored');
    expect(await get()).toMatchObject({ body: 'the mug', cache: 'switchyard; hit; ttl=5' });
    expect(asked()).toBe(2);
  });

  it('takes no more room than it may', async () => {
    const { upstream, get, gateway, metrics } = await start({ GATEWAY_CACHE_BYTES_MAX: '20000' });
    upstream.answer = (_request, response) => void response.end('x'.repeat(1_000));
    for (let index = 0; index < 20; index++) await get(`/api/products/${index}`);
    expect(gateway.gateway.cache.store.bytes).toBeLessThanOrEqual(20_000);
    expect((await get('/api/products/19')).cache).toContain('hit');
    expect((await get('/api/products/0')).cache).toContain('miss');
    expect(await metrics()).toMatch(/response_cache_evictions 1\d/);
  });

  it('is nothing at all without room', async () => {
    const { get } = await start({ GATEWAY_CACHE_BYTES_MAX: '0' });
    await get();
    expect(await get()).toMatchObject({ body: 'answer 2', cache: undefined });
  });
});

describe('of many who ask the same', () => {
  it('one calls, and all are answered by it', async () => {
    const { held, waiting, asked, metrics } = await startHeld();
    const answers = waiting(20);
    await expect.poll(() => held.length).toBe(1);
    // All of them have arrived when all of them are counted as under way.
    await expect.poll(metrics).toContain('http_server_active_requests{http_request_method="GET"} 20');
    held[0]![1].end('for all');
    expect(new Set((await Promise.all(answers)).map(({ body }) => body))).toEqual(new Set(['for all']));
    expect(asked()).toBe(1);
    expect((await answers[19]!).cache).toBe('switchyard; fwd=uri-miss; collapsed');
  });

  it('each calls when the answer is for one alone', async () => {
    const { held, waiting, metrics, upstream, asked } = await startHeld();
    const answers = waiting(5);
    await expect.poll(metrics).toContain('http_server_active_requests{http_request_method="GET"} 5');
    upstream.answer = (_request, response) => void response.setHeader('cache-control', 'private').end('mine');
    held[0]![1].setHeader('cache-control', 'private').end('mine');
    expect((await Promise.all(answers)).every(({ body }) => body === 'mine')).toBe(true);
    expect(asked()).toBe(5);
  });

  it('another calls when the one who did is gone', async () => {
    const { gateway, held, waiting, metrics } = await startHeld();
    const leaver = new AbortController();
    const left = request(`${gateway.url}/api/products/mug`, { signal: leaver.signal }).catch(() => null);
    await expect.poll(() => held.length).toBe(1);
    const answers = waiting(3);
    await expect.poll(metrics).toContain('http_server_active_requests{http_request_method="GET"} 4');
    leaver.abort();
    await left;
    await expect.poll(() => held.length).toBe(2);
    held[1]![1].end('the second try');
    expect((await Promise.all(answers)).map(({ body }) => body)).toEqual(Array(3).fill('the second try'));
    await expect.poll(metrics).toContain('http_server_active_requests{http_request_method="GET"} 0');
  });
});

describe('what was changed', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('by %s is dropped, with all of its segment', async (method) => {
    const { get } = await start();
    await get();
    await get('/api/products?limit=3');
    await get('/api/products/mug/parts', {}, method);
    expect(await get()).toMatchObject({ body: 'answer 4' });
    expect(await get('/api/products?limit=3')).toMatchObject({ body: 'answer 5' });
  });

  it('is still kept when the change failed', async () => {
    const { get, answerWith } = await start();
    await get();
    answerWith({}, 422);
    await get(undefined, {}, 'POST');
    expect((await get()).body).toBe('answer 1');
  });

  it('is not brought back by an answer from before', async () => {
    const { upstream, get, answerWith } = await start();
    const held: ServerResponse[] = [];
    upstream.answer = (_request, response) => void held.push(response);
    const early = get();
    await expect.poll(() => held.length).toBe(1);
    answerWith();
    await get(undefined, {}, 'PUT');
    // Who asks after the change does not wait for who asked before.
    expect((await get()).body).toBe('answer 2');
    held[0]!.end('from before');
    expect((await early).body).toBe('from before');
    expect((await get()).body).toBe('answer 2');
  });

  it('is dropped when an operator says so, by prefix', async () => {
    const { get, gateway } = await start();
    for (const path of ['/api/products/mug', '/api/products/mug/parts', '/api/products/muggy']) await get(path);
    const purge = async (prefix: string) => {
      const body = JSON.stringify({ prefix });
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${gateway.adminUrl}/cache/purge`, { method: 'POST', body, headers });
      return [answer.status, ((await answer.json()) as { purged?: number }).purged];
    };
    expect(await purge('/api/products/mug')).toEqual([200, 2]);
    expect((await get('/api/products/muggy')).body).toBe('answer 3');
    expect((await get('/api/products/mug')).body).toBe('answer 4');
    expect(await purge('products')).toEqual([400, undefined]);
    expect(await purge('/')).toEqual([200, 2]);
    expect(await (await fetch(`${gateway.adminUrl}/cache`)).json()).toEqual({ entries: 0, bytes: 0 });
  });
});

describe('what stands in for an answer that cannot be had', () => {
  it('is the last one, marked, whatever keeps the service from answering; refusals count as such', async () => {
    const { upstream, get, pass, metrics, asked, gateway } = await start();
    await get();
    pass(65_000);
    upstream.answer = (_request, response) => fail(response);
    for (let count = 0; count < 3; count++) {
      const stale = await get();
      expect(stale).toMatchObject({ status: 200, body: 'answer 1' });
      expect(stale.cache).toBe('switchyard; fwd=stale; fwd-status=500; ttl=-60; detail="stale-if-error: HTTP 500"');
      expect(stale.headers.age).toBe('65');
    }
    const refused = await get();
    expect(refused).toMatchObject({ status: 200, body: 'answer 1' });
    expect(refused.cache).toBe('switchyard; hit; ttl=-60; detail="stale-if-error: circuit open"');
    expect(asked()).toBe(4);
    const told = await metrics();
    expect(told).toContain('circuit_breaker_calls_total{name="catalog",outcome="rejected"} 1');
    expect(told).toContain('response_cache_answers_total{http_route="/api/products/*",outcome="stale"} 4');
    expect(gateway.lines.map(({ msg }) => msg)).toContain('[catalog] Circuit open');
  });

  it('is not what was never kept, and ends after some minutes', async () => {
    const { upstream, get, pass } = await start({ CIRCUIT_BREAKER_FAILURE_THRESHOLD: '100' });
    await get();
    upstream.answer = (_request, response) => fail(response);
    expect(await get('/api/products/cup')).toMatchObject({ status: 500, body: 'broken' });
    pass(304_999);
    expect((await get()).status).toBe(200);
    pass(1);
    expect((await get()).status).toBe(500);
  });

  it('is used when the service is gone or late, too', async () => {
    const { upstream, get, pass } = await start({
      UPSTREAM_ANSWER_TIMEOUT_MS: '500',
      CIRCUIT_BREAKER_FAILURE_THRESHOLD: '1000',
    });
    // So short a time is too short for a busy machine at first.
    await vi.waitFor(async () => expect((await get()).status).toBe(200), 20_000);
    pass(6_000);
    upstream.answer = () => undefined;
    expect((await get()).cache).toContain('stale-if-error: timeout');
    await upstream.stop();
    expect((await get()).cache).toContain('stale-if-error: connect');
  });

  it('is not what its service wants to be asked about each time', async () => {
    const { upstream, get, answerWith, pass } = await start();
    answerWith({ 'cache-control': 'max-age=1, must-revalidate' });
    await get();
    expect((await get()).body).toBe('answer 1');
    pass(1_000);
    upstream.answer = (_request, response) => fail(response);
    expect((await get()).status).toBe(500);
  });
});

describe('what the cache did', () => {
  beforeAll(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
  afterAll(() => context.disable());

  it('is on the span of the request, and an answer that stands in for another is the fallback of its breaker', () => {
    const limits = { bytesMax: 1_000, entryBytesMax: 100 };
    const cache = createCache({ ...limits, httpRoutes: [], now: () => 0, tellOthers: () => undefined });
    const stored = storeAnswer('/products', {}, Buffer.from('x'), 0);
    const attributesOf = (outcome: 'hit' | 'stale') => {
      const span = new BasicTracerProvider().getTracer('test').startSpan('GET');
      span.setAttribute('circuit_breaker.outcome', 'rejected');
      context.with(trace.setSpan(context.active(), span), () =>
        cache.note(ROUTES[1]!, { kind: 'stored', stored, ageMs: 7, outcome, status: {} }),
      );
      return (span as unknown as { attributes: object }).attributes;
    };
    const age = { 'response_cache.age_ms': 7 };
    const told = (outcome: string, circuit: string) => ({
      ...age,
      'response_cache.outcome': outcome,
      'circuit_breaker.outcome': circuit,
    });
    expect(attributesOf('hit')).toEqual(told('hit', 'rejected'));
    expect(attributesOf('stale')).toEqual(told('stale', 'fallback'));
  });
});
