import { describe, expect, it } from 'vitest';
import { judgeRequest } from './judge-request.ts';

const publicUrl = new URL('https://switchyard.example.com');
const judge = (headers: Record<string, string>, method = 'GET', path = '/') =>
  judgeRequest({ method, path, headers: { host: '127.0.0.1:3000', ...headers } }, publicUrl)?.status ?? 'served';
const JSON_TYPE = { 'content-type': 'application/json' };
const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

describe('judgeRequest', () => {
  it.each([
    ['127.0.0.1:3000', 'served'],
    ['localhost', 'served'],
    ['[::1]:3000', 'served'],
    ['switchyard.example.com', 'served'],
    ['attacker.example', 421],
    ['127.0.0.1.attacker.example', 421],
    ['localhost.attacker.example:3000', 421],
    ['127.0.0.1:3000@attacker.example', 421],
    ['', 421],
  ])('the host %s is %s', (host, expected) => expect(judge({ host })).toBe(expected));

  it.each([
    ['http://127.0.0.1:3000', 'served'],
    ['https://switchyard.example.com', 'served'],
    ['http://127.0.0.1:8080', 403],
    ['http://localhost:3000', 403],
    ['https://attacker.example', 403],
    ['null', 403],
  ])('a POST from %s is %s', (origin, expected) =>
    expect(judge({ origin, ...JSON_TYPE }, 'POST', '/api/trpc/integrity.run')).toBe(expected),
  );

  it.each([
    [JSON_TYPE, 'served'],
    [{ 'content-type': 'application/json; charset=utf-8' }, 'served'],
    [{ 'content-type': 'text/plain' }, 415],
    [{ 'content-type': 'multipart/form-data; boundary=application/json' }, 415],
    [{}, 415],
  ])('a POST of %j is %s', (headers, expected) =>
    expect(judge(headers, 'POST', '/api/trpc/integrity.run')).toBe(expected),
  );

  it.each([
    [link, '/', 'served'],
    [link, '/api/trpc/alerts.list', 403],
    [{ ...link, 'sec-fetch-dest': 'iframe' }, '/', 403],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, '/theme.js', 403],
    [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }, '/metrics', 403],
    [{ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }, '/api/trpc/alerts.list', 'served'],
    [{ 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }, '/', 'served'],
  ])('%j for %s is %s', (headers, path, expected) => expect(judge(headers, 'GET', path)).toBe(expected));

  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  it.each([
    [form, '/api/v1/query', 'served'],
    [{ ...form, origin: 'http://127.0.0.1:3000' }, '/api/v1/query', 415],
    [{ ...form, 'sec-fetch-site': 'same-origin' }, '/api/v1/query', 415],
    [form, '/api/v2/silences', 415],
    [form, '/api/trpc/integrity.run', 415],
    [{ 'content-type': 'application/x-protobuf' }, '/api/v1/read', 'served'],
    [{ 'content-type': 'application/x-protobuf' }, '/api/v1/query', 415],
    [{ 'content-type': 'application/x-protobuf', origin: 'https://evil.example' }, '/api/v1/read', 403],
  ])('a form as %j to %s is %s', (headers, path, expected) => expect(judge(headers, 'POST', path)).toBe(expected));

  it('a link does not post', () => expect(judge({ ...link, ...JSON_TYPE }, 'POST')).toBe(403));
});

describe('the address of shared links', () => {
  const shareUrl = new URL('https://status.example.com');
  const judged = (path: string, method = 'GET', host = 'status.example.com') =>
    judgeRequest({ method, path, headers: { host } }, publicUrl, shareUrl)?.status ?? 'served';

  it.each([
    ['/shared/health/abc', 'served'],
    ['/_next/static/chunks/a.js', 'served'],
    ['/theme.js', 'served'],
    ['/', 404],
    ['/health', 404],
    ['/circuits', 404],
    ['/api/trpc/healthShares.list', 404],
    ['/api/trpc/slos.health', 404],
    ['/api/v1/query', 404],
    ['/api/v2/alerts', 404],
    ['/metrics', 404],
    ['/_next/image', 404],
    ['/_next/data/x/health.json', 404],
    ['/shared/../health', 404],
    ['/shared/%2e%2e/health', 404],
    ['/shared//api/trpc/alerts.list', 404],
    ['/shared\\..\\health', 404],
  ])('for %s is %s', (path, expected) => expect(judged(path)).toBe(expected));

  it('takes nothing in', () => expect(judged('/shared/health/abc', 'POST')).toBe(404));
  it('is none that may be asked for unless it is set', () =>
    expect(
      judgeRequest({ method: 'GET', path: '/shared/health/abc', headers: { host: 'status.example.com' } }, publicUrl),
    ).toMatchObject({ status: 421 }));
  it('does not narrow that of operators', () =>
    expect(judged('/api/trpc/alerts.list', 'GET', '127.0.0.1:3000')).toBe('served'));
});
