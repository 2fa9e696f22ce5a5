import { expect, test } from 'vitest';
import { compareTraces, onlyChanged } from './compare-traces.ts';
import { orderSpans } from './order-spans.ts';
import { selfTimes } from './self-times.ts';
import { span } from './testing.ts';
import type { Span } from '#server/traces/schema.ts';

function side(spans: Span[]) {
  const rows = orderSpans(spans);
  return { rows, selfUs: selfTimes(rows) };
}

const quick = side([
  span('r', null, 0, 100, { operation: 'buy' }),
  span('s', 'r', 0, 10, { operation: 'stock' }),
  span('p', 'r', 20, 40, { operation: 'pay' }),
  span('c', 'p', 25, 10, { operation: 'cache' }),
]);
const slow = side([
  span('r2', null, 0, 500, { operation: 'buy' }),
  span('s2', 'r2', 0, 11, { operation: 'stock' }),
  span('p2', 'r2', 20, 200, { operation: 'pay', status: 'error' }),
  span('p3', 'r2', 230, 200, { operation: 'pay' }),
  span('d2', 'p3', 240, 50, { operation: 'database' }),
]);

test('one tree: what is slower, what is extra, what is missing', () => {
  const nodes = compareTraces(quick, slow);
  expect(
    nodes.map(({ operation, depth, change, differenceUs, selfDifferenceUs }) => [
      operation,
      depth,
      change,
      differenceUs,
      selfDifferenceUs,
    ]),
  ).toEqual([
    ['buy', 0, 'slower', 400, 39],
    ['stock', 1, 'same', 1, 1],
    ['pay', 1, 'slower', 360, 320],
    ['cache', 2, 'missing', -10, -10],
    ['database', 2, 'extra', 50, 50],
  ]);
  expect(nodes[2]).toMatchObject({ a: { spans: 1, errors: 0, totalUs: 40 }, b: { spans: 2, errors: 1, totalUs: 400 } });
});

test('turned round, slower is faster and extra is missing', () => {
  expect(compareTraces(slow, quick).map(({ operation, change }) => [operation, change])).toEqual([
    ['buy', 'faster'],
    ['stock', 'same'],
    ['pay', 'faster'],
    ['database', 'missing'],
    ['cache', 'extra'],
  ]);
});

test('a trace against itself has no change', () => {
  const nodes = compareTraces(slow, slow);
  expect(nodes.every(({ change, differenceUs }) => change === 'same' && differenceUs === 0)).toBe(true);
  expect(onlyChanged(nodes)).toEqual([]);
});

test('only what changed keeps the way that leads there', () => {
  expect(onlyChanged(compareTraces(quick, slow)).map(({ operation }) => operation)).toEqual([
    'buy',
    'pay',
    'cache',
    'database',
  ]);
  const deep = side([span('r', null, 0, 100, { operation: 'buy' }), span('s', 'r', 0, 10, { operation: 'stock' })]);
  const deeper = side([...deep.rows.map((row) => row.span), span('x', 's', 1, 1, { operation: 'extra' })]);
  expect(onlyChanged(compareTraces(deep, deeper)).map(({ operation }) => operation)).toEqual(['buy', 'stock', 'extra']);
});
