// What browsers and clients of versions get of the gateway.
import { afterEach, describe, expect, it } from 'vitest';
import { SECURITY_HEADERS } from './security-headers.ts';
import { startTestGateway } from './testing/start-test-gateway.ts';
import { startUpstream } from './testing/start-upstream.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function start(variables: Record<string, string> = {}) {
  const upstream = await startUpstream();
  const gateway = await startTestGateway(upstream.origin, variables);
  stops.push(gateway.stop, upstream.stop);
  const ask = (path: string, init?: RequestInit) => fetch(gateway.url + path, init);
  return { upstream, gateway, ask };
}
const PAGE = 'https://shop.example';
const preflight = (origin: string) => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization, idempotency-key',
  },
});

describe('pages of other origins', () => {
  it('may ask nothing unless they are named', async () => {
    const { upstream, ask } = await start();
    upstream.answer = (_request, response) => void response.setHeader('access-control-allow-origin', '*').end('open');
    const answer = await ask('/api/orders', { headers: { origin: PAGE } });
    // Who may read is for the gateway to say, not for a service.
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, null]);
    expect((await ask('/api/orders', preflight(PAGE))).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('may ask when they are, with a token, and no others may; preflights never reach a service', async () => {
    const { upstream, ask } = await start({ CORS_ORIGINS: `http://localhost:5173, ${PAGE}/` });
    const allowed = await ask('/api/orders', preflight(PAGE));
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(PAGE);
    expect(allowed.headers.get('access-control-allow-methods')).toContain('POST');
    expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(allowed.headers.get('access-control-max-age')).toBe('600');
    expect(allowed.headers.get('vary')).toMatch(/origin/i);
    expect(upstream.requests).toEqual([]);

    const answer = await ask('/api/orders', { headers: { origin: PAGE } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(PAGE);
    expect(answer.headers.get('access-control-expose-headers')).toContain('X-Request-ID');
    expect(answer.headers.get('access-control-expose-headers')).toContain('Cache-Status');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    const missing = await ask('/api/nothing', { headers: { origin: PAGE } });
    expect([missing.status, missing.headers.get('access-control-allow-origin')]).toEqual([404, PAGE]);
    const other = await ask('/api/orders', preflight('https://evil.example'));
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('are origins: anything else is refused at the start', async () => {
    await expect(start({ CORS_ORIGINS: 'shop.example' })).rejects.toThrow('CORS_ORIGINS');
  });
});

it('every answer says what browsers must not do with it, unless the service says otherwise', async () => {
  const { upstream, ask } = await start();
  upstream.answer = (_request, response) =>
    void response
      .setHeader('server', 'Apache/2.2')
      .setHeader('x-powered-by', 'PHP')
      .setHeader('content-security-policy', "default-src 'self'")
      .end('a page');
  for (const path of ['/api/nothing', '/api/health/circuits', '/livez', '/api/orders/a%2fb']) {
    const { headers } = await ask(path);
    expect(Object.fromEntries(headers), path).toMatchObject(SECURITY_HEADERS);
  }
  const { headers } = await ask('/api/orders');
  expect(headers.get('content-security-policy')).toBe("default-src 'self'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null]);
});

describe('versions', () => {
  it('v1 is the API without a version, down to the names of its series', async () => {
    const { upstream, ask } = await start();
    expect((await ask('/api/v1/orders/7?x=1')).status).toBe(200);
    expect(upstream.requests[0]?.url).toBe('/orders/7?x=1');
    expect(await (await ask('/api/v1/health')).json()).toMatchObject({ status: 'ok' });
    expect(await (await ask('/metrics')).text()).toContain('http_route="/api/orders/*"');
  });

  it.each(['/api/v1', '/api/v1/v1/orders', '/api/v10/orders', '/api/v1orders'])('%s is no path', async (path) => {
    const { upstream, ask } = await start();
    expect((await ask(path)).status).toBe(404);
    expect(upstream.requests).toEqual([]);
  });

  it('judges what follows the version as without it', async () => {
    const { upstream, ask } = await start();
    expect((await ask('/api/v1/payments/a%2fb')).status).toBe(400);
    expect((await ask('/api/v1//orders')).status).toBe(400);
    expect(upstream.requests).toEqual([]);
  });

  it('of others says which there are', async () => {
    const { ask } = await start();
    const answer = await ask('/api/v2/orders?x=1');
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({
      code: 'UNKNOWN_API_VERSION',
      versions: ['v1'],
      path: '/api/v2/orders',
      message: 'There is no v2 of this API. It has: v1.',
    });
  });
});
