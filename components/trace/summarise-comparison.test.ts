import { expect, test } from 'vitest';
import { compareTraces } from './compare-traces.ts';
import { orderSpans } from './order-spans.ts';
import { selfTimes } from './self-times.ts';
import { summariseComparison } from './summarise-comparison.ts';
import { span } from './testing.ts';
import type { Span } from '#server/traces/schema.ts';

function side(spans: Span[]) {
  const rows = orderSpans(spans);
  return { rows, selfUs: selfTimes(rows) };
}

function sentenceOf(a: Span[], b: Span[]) {
  return summariseComparison(compareTraces(side(a), side(b)), a[0]!.durationUs, b[0]!.durationUs);
}
const quick = [span('r', null, 0, 10_000, { operation: 'buy' }), span('p', 'r', 0, 4_000, { operation: 'pay' })];
const slow = [
  span('r', null, 0, 90_000, { operation: 'buy' }),
  span('p', 'r', 0, 81_000, { operation: 'pay' }),
  span('d', 'r', 82_000, 3_000, { operation: 'notify' }),
];

test('how much, where, and what is extra', () => {
  expect(sentenceOf(quick, slow)).toBe(
    'The second took 80 ms longer. Most of that in orders: pay, 77 ms more. 1 operation only in the second.',
  );
  expect(sentenceOf(slow, quick)).toBe(
    'The second took 80 ms less. Most of that in orders: pay, 77 ms less. 1 operation only in the first.',
  );
});

test('a trace and itself', () => {
  expect(sentenceOf(quick, quick)).toBe('Both took the same time. Both made the same calls.');
});
