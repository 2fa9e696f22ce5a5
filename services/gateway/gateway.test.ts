import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { UPSTREAMS } from './proxy/routes.ts';
import { startTestGateway } from './testing/start-test-gateway.ts';
import { startUpstream } from './testing/start-upstream.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function start(variables?: Record<string, string>) {
  const upstream = await startUpstream();
  stops.push(upstream.stop);
  const gateway = await startTestGateway(upstream.origin, variables);
  stops.push(gateway.stop);
  const get = (path: string, init?: RequestInit) => fetch(gateway.url + path, init);
  const fail = (status: number) => {
    upstream.answer = (_request, response) => response.writeHead(status).end('broken');
  };
  const circuit = async (service = 'payments') => {
    const answer = (await (await get('/api/health/circuits')).json()) as { circuits: { service: string }[] };
    return answer.circuits.find((each) => each.service === service);
  };
  return { upstream, gateway, get, fail, circuit };
}

describe('the proxy', () => {
  it('passes request and answer on, without /api and with the correlation id', async () => {
    const { upstream, get } = await start();
    upstream.answer = async (request, response) => {
      response.setHeader('set-cookie', ['a=1', 'b=2']).setHeader('x-service', 'payments').writeHead(201);
      response.end(`${request.method} ${request.url} ${await text(request)}`);
    };
    const answer = await get('/api/payments/7?x=1', {
      method: 'POST',
      body: '{"cents":5}',
      headers: { 'x-request-id': 'correlate-me', 'content-type': 'application/json', 'x-forwarded-for': '10.1.1.1' },
    });
    expect([answer.status, await answer.text()]).toEqual([201, 'POST /payments/7?x=1 {"cents":5}']);
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(answer.headers.get('x-request-id')).toBe('correlate-me');
    expect(upstream.requests[0]?.headers).toMatchObject({
      'x-request-id': 'correlate-me',
      'x-forwarded-for': '127.0.0.1',
      'content-type': 'application/json',
    });
  });

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('passes %s on', async (method) => {
    const { upstream, get } = await start();
    expect((await get('/api/orders', { method })).status).toBe(200);
    expect(upstream.requests[0]).toMatchObject({ method, url: '/orders' });
  });

  it('streams both ways: the answer begins before the request has ended', async () => {
    const { upstream, gateway } = await start();
    upstream.answer = (request, response) => void request.pipe(response);
    const request = httpRequest(`${gateway.url}/api/orders`, { method: 'POST' });
    request.write('first');
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const [chunk] = (await once(response, 'data')) as [Buffer];
    expect(chunk.toString()).toBe('first');
    request.end('second');
    const [rest] = (await once(response, 'data')) as [Buffer];
    expect(rest.toString()).toBe('second');
  });

  it.each([
    ['declared', { 'content-length': '2000' }],
    ['chunked', { 'transfer-encoding': 'chunked' }],
    ['repeatable', { 'transfer-encoding': 'chunked', 'idempotency-key': 'k' }],
  ])('refuses a %s body that is too large and blames nobody', async (_name, headers) => {
    const { gateway, upstream, circuit } = await start({ GATEWAY_BODY_BYTES_MAX: '1000' });
    upstream.answer = (request) => void request.resume();
    const request = httpRequest(`${gateway.url}/api/payments`, { method: 'POST', headers });
    request.end(Buffer.alloc(2000));
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(413);
    expect(JSON.parse(await text(response))).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
    expect(await circuit()).toMatchObject({ failures: 0, calls: 0 });
  });

  it('gives up on a client that sends too slowly and blames nobody', async () => {
    const { gateway, upstream, circuit } = await start({
      GATEWAY_UPLOAD_TIMEOUT_MS: '150',
      UPSTREAM_ANSWER_TIMEOUT_MS: '50',
    });
    upstream.answer = (request) => void request.on('error', () => undefined).resume();
    const request = httpRequest(`${gateway.url}/api/payments`, { method: 'POST' });
    request.write('slow');
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(408);
    request.destroy();
    expect(await circuit()).toMatchObject({ failures: 0 });
  });

  it.each([
    '/api/payments/%2e%2e/orders/1',
    '/api/payments//1',
    'http://127.0.0.1/api/payments/1',
    '/api/payments/a%2fb',
  ])('refuses the target %s', async (target) => {
    const { gateway, upstream } = await start();
    const answer = await sendRaw(gateway.url, `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 400 .*application\/problem\+json/s);
    expect(upstream.requests).toEqual([]);
  });

  it('knows no other paths', async () => {
    const { get } = await start();
    const answer = await get('/api/admin/users');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('answers 504 when the service does not answer, and 502 when it is not there', async () => {
    const { upstream, get, circuit } = await start({ UPSTREAM_ANSWER_TIMEOUT_MS: '60' });
    upstream.answer = () => undefined;
    const late = await get('/api/payments/1');
    expect([late.status, await late.json()]).toMatchObject([504, { code: 'TIMEOUT' }]);
    const lateToBody = await get('/api/payments', { method: 'POST', body: 'x' });
    expect([lateToBody.status, await lateToBody.json()]).toMatchObject([504, { code: 'TIMEOUT' }]);
    await upstream.stop();
    const gone = await get('/api/payments', { method: 'POST' });
    expect([gone.status, await gone.json()]).toMatchObject([502, { code: 'CONNECT' }]);
    expect(await circuit()).toMatchObject({ failures: 3 });
  });

  it('ends the call when the client leaves, and blames nobody', async () => {
    const { upstream, gateway, circuit } = await start();
    const arrived = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    upstream.answer = (request) => {
      request.once('close', () => left.resolve());
      arrived.resolve();
    };
    const request = httpRequest(`${gateway.url}/api/payments/1`);
    request.on('error', () => undefined).end();
    await arrived.promise;
    request.destroy();
    await left.promise;
    expect(await circuit()).toMatchObject({ failures: 0, calls: 0, state: 'closed' });
  });

  it('blames nobody when the client leaves within the answer', async () => {
    const { upstream, gateway, circuit } = await start();
    const left = Promise.withResolvers<void>();
    upstream.answer = (_request, response) => {
      response.once('close', () => left.resolve()).write('half');
    };
    const request = httpRequest(`${gateway.url}/api/payments`).end();
    request.on('error', () => undefined);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.on('error', () => undefined).destroy();
    await left.promise;
    expect(await circuit()).toMatchObject({ failures: 0, calls: 0 });
  });

  it.each([
    ['as it comes', {}],
    ['read first', { 'idempotency-key': 'k' }],
  ])('blames nobody when the client leaves within its body, %s', async (_name, headers) => {
    const { upstream, gateway, circuit } = await start();
    upstream.answer = (request) => void request.on('error', () => undefined).resume();
    const request = httpRequest(`${gateway.url}/api/payments`, { method: 'POST', headers });
    request.on('error', () => undefined).write('half');
    await wait(50);
    request.destroy();
    await wait(50);
    expect(await circuit()).toMatchObject({ failures: 0, calls: 0, state: 'closed' });
  });

  it('survives a body that nobody reads, because the breaker is open', async () => {
    const variables = { CIRCUIT_BREAKER_FAILURE_THRESHOLD: '1', GATEWAY_UPLOAD_TIMEOUT_MS: '60' };
    const { gateway, get, fail } = await start(variables);
    fail(500);
    await get('/api/payments');
    const request = httpRequest(`${gateway.url}/api/payments`, { method: 'POST' });
    request.on('error', () => undefined).write('never-ending');
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(503);
    await wait(120);
    request.destroy();
    expect((await get('/livez')).status).toBe(200);
  });

  it('counts an answer that breaks off as a failure, and lets the client see that it is not whole', async () => {
    const { upstream, get, circuit } = await start();
    upstream.answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    };
    const answer = await get('/api/payments/1');
    await expect(answer.text()).rejects.toThrow();
    expect(await circuit()).toMatchObject({ failures: 1, calls: 1 });
  });
});

describe('retries', () => {
  it.each([
    ['GET after 503', 'GET', 503, {}, 200, 2],
    ['GET after 500', 'GET', 500, {}, 500, 1],
    ['POST after 503', 'POST', 503, {}, 503, 1],
    ['POST with a key after 502', 'POST', 502, { 'idempotency-key': 'k1' }, 200, 2],
  ])('%s', async (_name, method, status, headers, expected, tries) => {
    const { upstream, get } = await startFlaky(status);
    const body = method === 'POST' ? 'again and again' : undefined;
    const answer = await get('/api/payments', { method, headers, body });
    expect([answer.status, await answer.text(), upstream.requests.length]).toEqual([expected, body ?? '', tries]);
  });

  it('stop at the second try, and before it when the first has opened the breaker', async () => {
    const { upstream, get, fail, circuit } = await start({ CIRCUIT_BREAKER_FAILURE_THRESHOLD: '3' });
    fail(503);
    expect((await get('/api/payments')).status).toBe(503);
    expect(upstream.requests.length).toBe(2);
    expect(await (await get('/api/payments')).text()).toBe('broken');
    expect(upstream.requests.length).toBe(3);
    expect(await circuit()).toMatchObject({ state: 'open' });
  });
});

describe('the breaker', () => {
  const SETTINGS = { CIRCUIT_BREAKER_FAILURE_THRESHOLD: '3', CIRCUIT_BREAKER_RESET_TIMEOUT_MS: '4000' };

  it('opens, refuses with advice, tries again, and closes', async () => {
    const { upstream, gateway, get, fail, circuit } = await start(SETTINGS);
    fail(500);
    for (let call = 0; call < 3; call++) expect((await get('/api/payments')).status).toBe(500);
    const refused = await get('/api/payments');
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('4');
    expect(await refused.json()).toMatchObject({
      type: 'urn:switchyard:problem:circuit-open',
      code: 'CIRCUIT_OPEN',
      detail: 'Service payments is temporarily unavailable',
      service: 'payments',
      circuit: 'open',
    });
    expect(upstream.requests.length).toBe(3);
    expect(await circuit()).toEqual({
      service: 'payments',
      state: 'open',
      computed: 'open',
      since: new Date(1_000_000).toISOString(),
      reason: '3 failures in a row, the last: HTTP 500',
      failures: 3,
      calls: 0,
      threshold: 3,
      resetTimeoutMs: 4000,
      halfOpenSuccessCount: 2,
      windowMs: 0,
      failurePercent: 50,
      answerTimeoutMs: 2000,
      retriesMax: 1,
      nextAttemptAt: new Date(1_004_000).toISOString(),
      forced: null,
      forcedUntil: null,
      forcedReason: null,
      forcedBy: null,
    });

    gateway.clock.nowMs += 4000;
    fail(404);
    expect((await get('/api/payments')).status).toBe(404);
    expect(await circuit()).toMatchObject({ state: 'half_open' });
    expect((await get('/api/payments')).status).toBe(404);
    expect(await circuit()).toMatchObject({ state: 'closed', failures: 0 });
    expect(gateway.transitions.map(({ state }) => state)).toEqual(['open', 'half_open', 'closed']);
  });

  it('leaves the other services alone', async () => {
    const { get, fail, circuit, upstream } = await start(SETTINGS);
    fail(500);
    for (let call = 0; call < 3; call++) await get('/api/payments');
    upstream.answer = (_request, response) => void response.end('fine');
    expect((await get('/api/orders')).status).toBe(200);
    expect(await circuit('orders')).toMatchObject({ state: 'closed' });
  });

  it('shows in the metrics', async () => {
    const { get, fail } = await start(SETTINGS);
    fail(500);
    for (let call = 0; call < 4; call++) await get('/api/payments');
    const metrics = await (await get('/metrics')).text();
    const instance = `gateway-${process.pid}`;
    expect(metrics).toContain(`circuit_breaker_state{name="payments",instance="${instance}",state="open"} 1`);
    expect(metrics).toContain(`circuit_breaker_state{name="payments",instance="${instance}",state="closed"} 0`);
    expect(metrics).toContain('circuit_breaker_calls_total{name="payments",outcome="failure"} 3');
    expect(metrics).toContain('circuit_breaker_calls_total{name="payments",outcome="rejected"} 1');
    expect(metrics).toMatch(
      /http_server_request_duration_seconds_count\{.*http_route="\/api\/payments".*status_code="503"\} 1/,
    );
  });
});

describe('every answer', () => {
  it.each([
    ['of a service', '/api/orders', 200],
    ['of none', '/api/nowhere', 404],
    ['of health', '/api/health/circuits', 200],
    ['of no route', '/nowhere', 404],
  ])('%s names request, correlation and time', async (_name, path, status) => {
    const { get, upstream } = await start();
    upstream.answer = (_request, response) => void response.setHeader('x-response-time', '9s').end();
    const answer = await get(path, { headers: { 'x-correlation-id': 'checkout-42' } });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(answer.headers.get('x-correlation-id')).toBe('checkout-42');
    expect(answer.headers.get('x-response-time')).toMatch(/^\d+\.\d(ms)$/);
  });

  it('is correlated by its request id when the caller brings none that may be logged', async () => {
    const { get, upstream } = await start();
    const answer = await get('/api/orders', { headers: { 'x-correlation-id': 'a b', 'x-request-id': 'request-1234' } });
    expect(answer.headers.get('x-correlation-id')).toBe('request-1234');
    expect(upstream.requests[0]?.headers).toMatchObject({
      'x-correlation-id': 'request-1234',
      'x-request-id': 'request-1234',
    });
  });
});

it('logs an open circuit and a proxy error by the words that people search for', async () => {
  const { get, gateway, upstream } = await start({ CIRCUIT_BREAKER_FAILURE_THRESHOLD: '1' });
  await upstream.stop();
  await get('/api/payments', { method: 'POST' });
  await get('/api/payments', { method: 'POST' });
  expect(gateway.lines.map(({ msg }) => msg)).toEqual(
    expect.arrayContaining(['[payments] Proxy error', '[payments] Circuit open']),
  );
});

describe('GET /api/health', () => {
  it('asks the services themselves', async () => {
    const { get, upstream } = await start();
    expect(await (await get('/api/health')).json()).toMatchObject({ status: 'ok' });
    expect(upstream.requests.map(({ url }) => url)).toEqual(UPSTREAMS.map(() => '/readyz'));
  });

  it('says which are not ready', async () => {
    const { get, fail } = await start();
    fail(503);
    const answer = await get('/api/health');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      status: 'down',
      services: expect.arrayContaining([expect.objectContaining({ service: 'payments', status: 'unready' })]),
    });
  });
});

/** Fails once, then answers. */
async function startFlaky(status: number) {
  const started = await start();
  started.upstream.answer = async (request, response) => {
    const body = await text(request);
    response.writeHead(started.upstream.requests.length === 1 ? status : 200).end(body);
  };
  return started;
}

/** `fetch` would mend the path. */
async function sendRaw(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}
