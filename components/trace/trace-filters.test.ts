import { expect, test } from 'vitest';
import { countFilters, toSearchInput, type TraceFilters } from './trace-filters.ts';

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

test('no filters ask for everything', () => {
  expect(toSearchInput(NONE)).toEqual({ attributes: [], sort: 'newest' });
  expect(countFilters(NONE)).toBe(0);
});

test('all filters together', () => {
  const filters: TraceFilters = {
    ...NONE,
    service: 'gateway',
    status: 'error',
    outcome: 'rejected',
    min: 0,
    max: 250,
    attr: ['http.route=/orders', 'user.id'],
    sort: 'slowest',
  };
  expect(toSearchInput(filters)).toEqual({
    service: 'gateway',
    status: 'error',
    circuitOutcome: 'rejected',
    minDurationMs: 0,
    maxDurationMs: 250,
    attributes: [
      { key: 'http.route', op: '=', value: '/orders' },
      { key: 'user.id', op: 'exists', value: '' },
    ],
    sort: 'slowest',
  });
  expect(countFilters(filters)).toBe(7);
});

test('what the API would refuse is left out', () => {
  const filters = { ...NONE, min: -5, max: 0, attr: ['=x', ...Array.from({ length: 20 }, (_, index) => `k${index}`)] };
  const input = toSearchInput(filters);
  expect(input).toMatchObject({ minDurationMs: undefined, maxDurationMs: undefined });
  expect(input.attributes).toHaveLength(10);
});
