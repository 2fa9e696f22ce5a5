import { expect, it } from 'vitest';
import { advise } from './advise.ts';
import type { Counts, Result } from './schema.ts';

const NONE: Counts = { served: 0, limited: 0, breaker: 0, failed: 0, unanswered: 0 };
const SPEED = { p50Ms: 8, p95Ms: 20, p99Ms: 40, maxMs: 60 };
const OFFERED = { workers: 12, pace: 1, seconds: 60 };

function measured(more: Partial<Result>): Result {
  return {
    elapsedS: 60,
    counts: { ...NONE, served: 700 },
    statuses: { 200: 700 },
    waited: SPEED,
    took: SPEED,
    routes: [],
    limitedBy: {},
    policies: { short: { quota: 20, windowS: 1 }, long: { quota: 300, windowS: 60 } },
    brokenBy: {},
    visits: {},
    rampS: 1,
    addresses: 'each',
    unsent: 0,
    isStopped: false,
    generatorLagMs: 1,
    ...more,
  };
}
const route = (name: string, counts: Partial<Counts>, more = {}) => ({
  route: name,
  counts: { ...NONE, ...counts },
  statuses: {},
  ...SPEED,
  ...more,
});

it('has nothing to say of a test in which all went well', () => {
  expect(advise(OFFERED, measured({}), [])).toMatchObject([{ tone: 'ok' }]);
});

it('names the tier that is below what was offered, and what would do', () => {
  const [advice, ...others] = advise(
    OFFERED,
    measured({ addresses: 'one', limitedBy: { long: 400 }, counts: { ...NONE, served: 300, limited: 400 } }),
    [],
  );
  expect(others).toEqual([]);
  expect(advice).toMatchObject({ tone: 'warn', title: '400 × 429 from the long tier' });
  expect(advice!.detail).toContain('limit of 300 in 60 s is below the 12/s offered from one address');
  expect(advice!.detail).toContain('THROTTLE_LIMIT_LONG to 864 or more');
});

it('tells bursts from a load that is above the limit', () => {
  const [advice] = advise(OFFERED, measured({ addresses: 'one', limitedBy: { short: 3 } }), []);
  expect(advice!.detail).toContain('requests came in bursts');
  expect(advice!.detail).toContain('THROTTLE_LIMIT_SHORT to 21 or more');
});

it('warns of a tier that is nearly used up, unless the test was too short to tell', () => {
  const near = { workers: 1, pace: 4, seconds: 60 };
  expect(advise(near, measured({}), [])).toMatchObject([{ tone: 'info', title: 'The long tier is nearly used up' }]);
  expect(advise({ ...near, seconds: 10 }, measured({}), [])).toMatchObject([{ tone: 'ok' }]);
});

it('tells a breaker that is too tight from one that did its work', () => {
  const breakers = [{ name: 'payments', threshold: 5, resetTimeoutMs: 30_000 }];
  const ask = (counts: Partial<Counts>) =>
    advise(
      OFFERED,
      measured({ brokenBy: { payments: 50 }, routes: [route('POST /api/payments', counts)] }),
      breakers,
    )[0];
  expect(ask({ served: 990, failed: 10 })!.detail).toContain('A higher threshold');
  expect(ask({ served: 990, failed: 10 })!.detail).toContain('after 5 failures in a row and stays open for 30 s');
  expect(ask({ served: 10, failed: 40 })!.detail).toContain('20 % of the calls that reached payments were served');
});

it('names the route that fails most, capacity, slowness and its own lateness, the gravest first', () => {
  const routes = [
    route('GET /api/products', { served: 500, failed: 1 }),
    route('POST /api/orders', { served: 100, failed: 30 }, { statuses: { 201: 100, 504: 30 }, p95Ms: 5_000 }),
  ];
  const all = advise(
    OFFERED,
    measured({ counts: { ...NONE, served: 600, failed: 31 }, routes, unsent: 80, generatorLagMs: 55 }),
    [],
  );
  expect(all.map(({ tone }) => tone)).toEqual(['critical', 'warn', 'warn', 'info']);
  expect(all[0]).toMatchObject({ title: '31 requests failed, most of them POST /api/orders' });
  expect(all[0]!.detail).toContain('30 × 504');
  expect(all[1]!.detail).toContain('of 12/s offered about 10.5/s came through');
});
