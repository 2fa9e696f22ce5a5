import { expect, it } from 'vitest';
import { readPolicies, TestRecord, type Answered } from './record.ts';

const answer = (more: Partial<Answered>): Answered => ({
  route: 'GET /api/products',
  status: 200,
  body: {},
  waitedMs: 10,
  tookMs: 10,
  policy: undefined,
  ...more,
});

it('tells what was refused by limits, by breakers, and what failed', () => {
  const record = new TestRecord();
  record.add(answer({ policy: '"short";q=20;w=1, "long";q=300;w=60' }));
  record.add(answer({ status: 429, body: { 'violated-policies': ['long'] }, waitedMs: 1 }));
  record.add(answer({ route: 'POST /api/payments', status: 503, body: { code: 'CIRCUIT_OPEN', service: 'payments' } }));
  record.add(answer({ route: 'POST /api/payments', status: 502, waitedMs: 900, tookMs: 40 }));
  record.add(answer({ status: 0, waitedMs: 8_000, tookMs: 8_000 }));
  const { counts, limitedBy, brokenBy, policies, statuses, waited, took, routes } = record.summary(3);
  expect(counts).toEqual({ served: 1, limited: 1, breaker: 1, failed: 1, unanswered: 1 });
  expect(limitedBy).toEqual({ long: 1 });
  expect(brokenBy).toEqual({ payments: 1 });
  expect(policies).toEqual({ short: { quota: 20, windowS: 1 }, long: { quota: 300, windowS: 60 } });
  expect(statuses).toEqual({ 0: 1, 200: 1, 429: 1, 502: 1, 503: 1 });
  // Refusals are left out: of 10, 900 and 8,000 ms the middle one is 900.
  expect(Math.abs(waited.p50Ms! - 900)).toBeLessThan(10);
  expect(Math.abs(took.p50Ms! - 40)).toBeLessThan(1);
  expect(routes.map(({ route, counts: own }) => [route, own.served, own.breaker, own.failed])).toEqual([
    ['GET /api/products', 1, 0, 0],
    ['POST /api/payments', 0, 1, 1],
  ]);
});

it('a tick holds what ended since the last', () => {
  const record = new TestRecord();
  record.add(answer({}));
  expect(record.tick(1)).toMatchObject({ atS: 1, served: 1 });
  expect(record.tick(2)).toMatchObject({ atS: 2, served: 0, p50Ms: null });
});

it('reads no policies from a header that holds none', () => {
  expect(readPolicies('nonsense')).toEqual({});
});
