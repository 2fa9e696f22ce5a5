import { expect, it } from 'vitest';
import type { Summary } from '#server/load-tests/schema.ts';
import { compareTests } from './compare-tests.ts';

const NONE = { served: 0, limited: 0, breaker: 0, failed: 0, unanswered: 0 };
const speed = (p95Ms: number | null) => ({ p50Ms: 10, p95Ms, p99Ms: 200, maxMs: 300 });

function summary(served: number, limited: number, p95Ms: number | null): Summary {
  return {
    elapsedS: 10,
    counts: { ...NONE, served, limited },
    statuses: {},
    waited: speed(p95Ms),
    took: speed(p95Ms),
    routes: [{ route: 'GET /api/products', counts: { ...NONE, served }, statuses: {}, ...speed(p95Ms) }],
    limitedBy: {},
    policies: {},
    brokenBy: {},
    visits: {},
  };
}

it('says what became better and worse, and by how much', () => {
  const rows = compareTests(summary(100, 0, 50), summary(90, 10, 100));
  const of = (label: string) => rows.find((row) => row.label === label);
  expect(of('Served')).toMatchObject({ shown: '100 %', other: '90 %', change: '+10 points', isBetter: true });
  expect(of('Refused by limits')).toMatchObject({ shown: '0', other: '10', change: '−100 %', isBetter: true });
  expect(of('p95 waited')).toMatchObject({ shown: '50 ms', other: '100 ms', change: '−50 %', isBetter: true });
  expect(of('p95 of GET /api/products')).toMatchObject({ change: '−50 %' });
  expect(of('p50 waited')).toMatchObject({ change: '–', isBetter: null });
});

const ofSlow = (shown: number | null, other: number | null) =>
  compareTests(summary(100, 0, shown), summary(100, 0, other)).find(({ label }) => label === 'p95 waited');

it('takes a small change for noise, and nothing measured for nothing', () => {
  expect(ofSlow(105, 100)).toMatchObject({ change: '+5 %', isBetter: null });
  expect(ofSlow(null, 100)).toMatchObject({ change: '–', isBetter: null });
  expect(ofSlow(150, 100)).toMatchObject({ change: '+50 %', isBetter: false });
});
