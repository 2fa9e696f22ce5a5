import { expect, test } from 'vitest';
import { countLogFilters, toLogInput, type LogFilters } from './log-filters.ts';

const none: LogFilters = { q: null, service: null, level: null, trace: null, field: [] };

test.each([
  ['trace', 1],
  ['info', 9],
  ['warn', 13],
  ['error', 17],
  ['fatal', 21],
] as const)('%s and above begins at %d', (level, minSeverity) => {
  expect(toLogInput({ ...none, level }).minSeverity).toBe(minSeverity);
});

test('what an address holds by mistake is left out', () => {
  expect(toLogInput({ ...none, q: '', service: '', trace: 'abc', field: ['=x', 'a=1'] })).toEqual({
    text: undefined,
    service: undefined,
    minSeverity: undefined,
    traceId: undefined,
    fields: [{ key: 'a', op: '=', value: '1' }],
  });
  expect(toLogInput({ ...none, trace: 'AB'.repeat(16) }).traceId).toBe('ab'.repeat(16));
  expect(
    toLogInput({ ...none, q: 'x'.repeat(900), field: Array.from({ length: 20 }, (_, n) => `k${n}`) }),
  ).toMatchObject({
    text: 'x'.repeat(500),
    fields: { length: 10 },
  });
});

test('counts what narrows the search', () => {
  expect(countLogFilters(none)).toBe(0);
  expect(countLogFilters({ ...none, q: '', level: 'warn', field: ['a', 'b'] })).toBe(3);
});
