import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { startTestGateway } from '../testing/start-test-gateway.ts';
import { startUpstream } from '../testing/start-upstream.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function start(variables?: Record<string, string>) {
  const upstream = await startUpstream();
  stops.push(upstream.stop);
  const gateway = await startTestGateway(upstream.origin, variables);
  stops.push(gateway.stop);
  return { upstream, get: (path: string, init?: RequestInit) => fetch(gateway.url + path, init) };
}

describe('limits', () => {
  it('refuse beyond the quota, but never health and metrics', async () => {
    const { get, upstream } = await start({ THROTTLE_LIMIT_SHORT: '2', THROTTLE_TTL_SHORT: '60000' });
    const first = await get('/api/orders');
    expect(first.headers.get('ratelimit-policy')).toContain('"short";q=2;w=60, "medium";q=100;w=10, "long";q=300;w=60');
    expect(first.headers.get('ratelimit')).toContain('"short";r=1;t=60');
    await get('/api/orders');
    const third = await get('/api/orders');
    expect(third.status).toBe(429);
    expect(third.headers.get('retry-after')).toBe('60');
    expect(third.headers.get('content-type')).toContain('application/problem+json');
    expect(await third.json()).toMatchObject({
      type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
      'violated-policies': ['short'],
    });
    expect(upstream.requests.length).toBe(2);
    for (const path of ['/api/health', '/api/health/circuits', '/metrics', '/livez', '/readyz']) {
      expect((await get(path)).status).toBe(200);
    }
  });
});

describe('the limit of logins', () => {
  it('lets one client try one account five times in a quarter of an hour, however it spells both', async () => {
    const { get, upstream } = await start();
    upstream.answer = async (request, response) => void response.end(await text(request));
    const first = await logIn(get, 'ada@shop.example');
    expect(await first.json()).toEqual({ email: 'ada@shop.example', password: 'guess' });
    expect(first.headers.get('ratelimit-policy')).toMatch(/"long";q=300;w=60, "login";q=5;w=900$/);
    await logIn(get, 'ADA@shop.example');
    await logIn(get, 'ada@shop.example', '/api/auth/%6cogin');
    await logIn(get, 'ada@shop.example', '/api/auth/login?x=1');
    expect((await logIn(get, 'ada@shop.example')).status).toBe(200);
    const sixth = await logIn(get, 'ada@shop.example');
    expect([sixth.status, sixth.headers.get('retry-after')]).toEqual([429, '900']);
    expect(await sixth.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS', 'violated-policies': ['login'] });
    expect(upstream.requests.length).toBe(5);
    expect((await logIn(get, 'grace@shop.example')).status).toBe(200);
    expect((await get('/api/auth/me')).status).toBe(200);
  });
});

function logIn(get: Awaited<ReturnType<typeof start>>['get'], email: string, path = '/api/auth/login') {
  return get(path, {
    method: 'POST',
    body: JSON.stringify({ email, password: 'guess' }),
    headers: { 'content-type': 'application/json' },
  });
}
