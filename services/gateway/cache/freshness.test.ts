import { expect, test } from 'vitest';
import { ROUTES } from '../proxy/routes.ts';
import { readDirectives } from './cache-control.ts';
import { isFreshEnough, lifetimeOf, whyNotKept } from './freshness.ts';

const route = { ...ROUTES[0]!, cacheTtlMs: 5_000, staleIfErrorMs: 60_000 };
const date = 'Sat, 21 Nov 2026 12:00:00 GMT';

test.each([
  ['an answer that says nothing', {}, {}, null],
  ['no-store', {}, { 'cache-control': 'No-Store' }, 'no-store'],
  ['no-store among others', {}, { 'cache-control': 'max-age=60, no-store' }, 'no-store'],
  ['private', {}, { 'cache-control': 'private, max-age=60' }, 'private'],
  ['private of a field', {}, { 'cache-control': 'private="set-cookie, x-name"' }, 'private'],
  ['a cookie', {}, { 'set-cookie': ['a=1'] }, 'set-cookie'],
  ['vary by everything', {}, { vary: '*' }, 'vary: *'],
  ['vary by a header', {}, { vary: 'accept-language' }, null],
  ['with a token', { authorization: 'Bearer x' }, { 'cache-control': 'max-age=60' }, 'not public'],
  ['with a token, s-maxage', { authorization: 'Bearer x' }, { 'cache-control': 's-maxage=60' }, 'not public'],
  ['with a token, public', { authorization: 'Bearer x' }, { 'cache-control': 'Public, max-age=60' }, null],
  ['with a cookie', { cookie: 'session=1' }, {}, 'not public'],
  ['stale at once', {}, { 'cache-control': 'max-age=0, must-revalidate' }, 'stale at once'],
  ['stale at once, with a version', {}, { 'cache-control': 'no-cache', etag: '"1"' }, null],
])('%s', (_name, request, answer, why) => {
  expect(whyNotKept(request, answer, route)).toBe(why);
});

test.each([
  ['nothing said', {}, 5_000, 60_000],
  ['max-age', { 'cache-control': 'MAX-AGE=7' }, 7_000, 60_000],
  ['s-maxage before max-age', { 'cache-control': 'max-age=7, s-maxage="9"' }, 9_000, 0],
  ['no number', { 'cache-control': 'max-age=soon' }, 0, 60_000],
  ['said twice', { 'cache-control': 'max-age=1, max-age=9' }, 1_000, 60_000],
  ['expires', { date, expires: 'Sat, 21 Nov 2026 12:00:30 GMT' }, 30_000, 60_000],
  ['max-age before expires', { date, expires: '0', 'cache-control': 'max-age=2' }, 2_000, 60_000],
  ['expired', { date, expires: '0' }, 0, 60_000],
  ['no-cache', { 'cache-control': 'no-cache, max-age=60' }, 0, 0],
  ['pragma', { pragma: 'no-cache' }, 0, 60_000],
  ['stale-if-error', { 'cache-control': 'max-age=1, stale-if-error=30' }, 1_000, 30_000],
  ['must-revalidate', { 'cache-control': 'max-age=1, must-revalidate, stale-if-error=30' }, 1_000, 0],
])('%s', (_name, headers: Record<string, string>, freshMs, staleIfErrorMs) => {
  expect(lifetimeOf(headers, readDirectives(headers['cache-control']), route)).toEqual({ freshMs, staleIfErrorMs });
});

test.each([
  ['', 4_999, true],
  ['', 5_000, false],
  ['no-cache', 0, false],
  ['max-age=2', 2_000, true],
  ['max-age=2', 2_001, false],
  ['min-fresh=2', 3_000, true],
  ['min-fresh=2', 3_001, false],
])('a request with %j is content with %i ms of 5000: %s', (asked, ageMs, isEnough) => {
  expect(isFreshEnough({ 'cache-control': asked }, ageMs, 5_000)).toBe(isEnough);
});
