import { expect, test } from 'vitest';
import { differenceFilter } from './difference-filter.ts';
import type { TraceDifference } from '#server/traces/schema.ts';
import type { TraceFilters } from './trace-filters.ts';

const NONE: TraceFilters = {
  service: null,
  operation: null,
  status: null,
  outcome: null,
  min: null,
  max: null,
  attr: [],
  sort: 'newest',
};
const difference = (field: TraceDifference['field'], key: string, value: string): TraceDifference => ({
  field,
  key,
  value,
  selectedShare: 1,
  othersShare: 0,
});

test.each([
  ['service', '', 'bank', { service: 'bank', operation: null }],
  ['operation', 'bank', 'POST /charge', { service: 'bank', operation: 'POST /charge' }],
  ['status', 'bank', 'error', { service: 'bank', operation: null, status: 'error' }],
  ['attribute', 'region', 'a=b', { attr: ['region=a=b'] }],
] as const)('%s is one filter', (field, key, value, change) => {
  const set = differenceFilter(NONE, difference(field, key, value));
  expect(set).toEqual(change);
  expect(differenceFilter({ ...NONE, ...set } as TraceFilters, difference(field, key, value))).toBeNull();
});

test('attributes are added to those that are there, as many as the search takes', () => {
  expect(differenceFilter({ ...NONE, attr: ['a=1'] }, difference('attribute', 'b', '2'))).toEqual({
    attr: ['a=1', 'b=2'],
  });
  const full = Array.from({ length: 10 }, (_, index) => `k${index}`);
  expect(differenceFilter({ ...NONE, attr: full }, difference('attribute', 'b', '2'))).toBeNull();
});
