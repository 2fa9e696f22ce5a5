import { expect, test } from 'vitest';
import { groupSpans } from './group-spans.ts';
import { orderSpans } from './order-spans.ts';
import { selfTimes } from './self-times.ts';
import { span } from './testing.ts';

const rows = orderSpans([
  span('root', null, 0, 100),
  span('q1', 'root', 10, 20, { operation: 'query', service: 'db' }),
  span('q2', 'root', 40, 35, { operation: 'query', service: 'db', status: 'error' }),
  span('q3', 'root', 80, 5, { operation: 'query', service: 'orders' }),
]);
const selfUs = selfTimes(rows);

test('counts, sums and errors by service and operation', () => {
  expect(groupSpans(rows, selfUs, 'self')).toEqual([
    { service: 'db', operation: 'query', spans: 2, errors: 1, totalUs: 55, selfUs: 55, longestUs: 35 },
    { service: 'orders', operation: 'root', spans: 1, errors: 0, totalUs: 100, selfUs: 40, longestUs: 100 },
    { service: 'orders', operation: 'query', spans: 1, errors: 0, totalUs: 5, selfUs: 5, longestUs: 5 },
  ]);
});

test.each([
  ['total', 'root'],
  ['longest', 'root'],
  ['spans', 'query'],
  ['errors', 'query'],
] as const)('by %s comes %s first', (sort, operation) => {
  expect(groupSpans(rows, selfUs, sort)[0]?.operation).toBe(operation);
});
