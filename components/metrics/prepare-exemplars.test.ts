import { expect, it } from 'vitest';
import { mayHaveExemplars, prepareExemplars } from './prepare-exemplars.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 9, 30);
const style = { zone: 'UTC', nowMs: NOW_MS };
const exemplar = {
  tMs: NOW_MS - 60_000,
  value: 0.412,
  traceId: 'ab12cd34ef',
  labels: { __name__: 'd_seconds_bucket' },
};

it('makes links that say what they are and lead to their traces', () => {
  expect(prepareExemplars({ isOnScale: true, exemplars: [exemplar] }, style)).toEqual([
    {
      key: `ab12cd34ef ${NOW_MS - 60_000} 0.412`,
      tMs: NOW_MS - 60_000,
      value: 0.412,
      href: '/traces/ab12cd34ef',
      label: '412 ms at 09:29:00: open trace ab12cd34',
    },
  ]);
});

it('puts them on the time axis where their values are on no scale', () => {
  const bytes = { ...exemplar, value: 2_048, labels: { __name__: 'size_bytes_bucket' } };
  const [link] = prepareExemplars({ isOnScale: false, exemplars: [bytes] }, style);
  expect(link).toMatchObject({ value: null });
  expect(link!.label).not.toContain(' ms');
});

it.each([
  ['histogram_quantile(0.9, sum by (le) (rate(a_bucket[5m])))', true],
  ['rate(a_bucket{le="1"}[5m])', true],
  ['sum(rate(hits_total[5m]))', false],
  ['my_buckets', false],
])('knows whether %s may have any', (expr, expected) => expect(mayHaveExemplars(expr)).toBe(expected));
