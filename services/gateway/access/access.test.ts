// A gateway with the rules that it ships with, before a service that asks who sent a request as the fleet's do.
import { createSecretKey, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { authenticateLocally } from '#services/kit/authenticate.ts';
import { IDENTITY_HEADER, signIdentity } from '#services/kit/identity.ts';
import { signToken } from '#services/kit/tokens.ts';
import { startTestGateway, TEST_JWT_SECRET } from '../testing/start-test-gateway.ts';
import { startUpstream } from '../testing/start-upstream.ts';
import { ACCESS_RULES } from './rules.ts';

const ADA = { id: randomUUID(), name: 'Ada', role: 'USER' as const };
const ROOT = { id: randomUUID(), name: 'Root', role: 'ADMIN' as const };
const authenticate = authenticateLocally(TEST_JWT_SECRET);

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function start() {
  const upstream = await startUpstream();
  const gateway = await startTestGateway(upstream.origin, { THROTTLE_LIMIT_SHORT: '1000' }, ACCESS_RULES);
  stops.push(gateway.stop, upstream.stop);
  const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
    fetch(gateway.url + path, { method, headers });
  return { upstream, ask };
}
const told = (headers: IncomingHttpHeaders) => authenticate({ id: 'request', headers });
const says = (words: string) => told({ [IDENTITY_HEADER]: words });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const signed = (claims: object, { alg = 'HS256', secret = TEST_JWT_SECRET } = {}) =>
  new SignJWT({ name: 'Eve', role: 'ADMIN', ...claims })
    .setProtectedHeader({ alg })
    .setSubject(ADA.id)
    .setIssuer('switchyard-auth')
    .setAudience('shop')
    .setIssuedAt()
    .setExpirationTime('exp' in claims ? Number(claims.exp) : '1h')
    .sign(createSecretKey(Buffer.from(secret)));

it('lets anybody see what is public, and drops what they say of themselves', async () => {
  const { upstream, ask } = await start();
  const forged = await signIdentity('another secret, long enough', ROOT, Date.now() / 1_000 + 60);
  expect((await ask('GET', '/api/products', { [IDENTITY_HEADER]: forged })).status).toBe(200);
  expect((await ask('POST', '/api/auth/login')).status).toBe(200);
  expect(upstream.requests.map(({ headers }) => headers[IDENTITY_HEADER])).toEqual([undefined, undefined]);
});

it('asks for a token where one is needed, before the service is asked', async () => {
  const { upstream, ask } = await start();
  const answer = await ask('GET', '/api/orders');
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="shop"');
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(await answer.json()).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  expect(upstream.requests).toEqual([]);
});

it('tells the service who asks, signed, in place of what the client says', async () => {
  const { upstream, ask } = await start();
  const headers = { ...bearer(await signToken(TEST_JWT_SECRET, ADA)), [IDENTITY_HEADER]: 'forged' };
  for (let count = 0; count < 2; count++) expect((await ask('GET', '/api/orders', headers)).status).toBe(200);
  expect(await told(upstream.requests[0]!.headers)).toEqual(ADA);
  // The second was not verified again.
  const [first, second] = upstream.requests.map((request) => request.headers[IDENTITY_HEADER]);
  expect(second).toBe(first);
});

it('lets administrators in where only they may, and everywhere else', async () => {
  const { upstream, ask } = await start();
  const refused = await ask('POST', '/api/inventory/tamper/deliveries', bearer(await signToken(TEST_JWT_SECRET, ADA)));
  expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'FORBIDDEN' }]);
  expect(upstream.requests).toEqual([]);
  const root = bearer(await signToken(TEST_JWT_SECRET, ROOT));
  expect((await ask('POST', '/api/inventory/tamper/deliveries', root)).status).toBe(200);
  expect((await ask('GET', '/api/orders', root)).status).toBe(200);
  expect(await told(upstream.requests[0]!.headers)).toEqual(ROOT);
});

describe('refuses a token', () => {
  const nowS = Math.floor(Date.now() / 1_000);
  it.each<[string, () => Promise<string>]>([
    ['that has expired', () => signed({ exp: nowS - 1 })],
    ['of another secret', () => signed({}, { secret: 'another secret, long enough' })],
    ['of another algorithm', () => signed({}, { alg: 'HS512' })],
    ['of no algorithm', async () => new UnsecuredJWT({ name: 'Eve', role: 'ADMIN' }).setSubject(ADA.id).encode()],
    ['with a role that there is not', () => signed({ role: 'ROOT' })],
    ["that is the gateway's word to services", () => signIdentity(TEST_JWT_SECRET, ROOT, nowS + 60)],
    ['that is none', async () => 'x'.repeat(40)],
  ])('%s', async (_name, token) => {
    const { upstream, ask } = await start();
    const answer = await ask('GET', '/api/orders', bearer(await token()));
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="shop", error="invalid_token"');
    expect(upstream.requests).toEqual([]);
  });
});

it('a service takes no access token for the word of the gateway, and no word that is too old', async () => {
  await expect(says(await signToken(TEST_JWT_SECRET, ROOT))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  const old = await signIdentity(TEST_JWT_SECRET, ROOT, Math.floor(Date.now() / 1_000) - 1);
  await expect(says(old)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});
