import { expect, test } from 'vitest';
import { facetChange, isChosen } from './facet-change.ts';
import type { LogFilters } from './log-filters.ts';

const none: LogFilters = { q: null, service: null, level: null, trace: null, field: [] };

test.each([
  ['service', 'orders', { service: 'orders' }],
  ['severity', 'warn', { level: 'warn' }],
  ['event', 'a.b', { field: ['event.name=a.b'] }],
  ['http.route', '/a', { field: ['http.route=/a'] }],
])('%s %s is chosen and unchosen', (field, value, change) => {
  expect(facetChange(none, field, value)).toEqual(change);
  const chosen = { ...none, ...change } as LogFilters;
  expect(isChosen(none, field, value)).toBe(false);
  expect(isChosen(chosen, field, value)).toBe(true);
  expect({ ...chosen, ...facetChange(chosen, field, value) }).toEqual(none);
});

test('lines without a severity cannot be asked for', () => {
  expect(facetChange(none, 'severity', 'none')).toBeNull();
});
