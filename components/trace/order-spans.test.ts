import { expect, test } from 'vitest';
import { orderSpans, visibleRows } from './order-spans.ts';
import { span } from './testing.ts';

const tree = [
  span('root', null, 0, 100),
  span('late', 'root', 50, 10),
  span('early', 'root', 10, 10),
  span('deep', 'early', 12, 5, { status: 'error' }),
];

test('children stand below their parent by start', () => {
  expect(orderSpans(tree).map((row) => `${'-'.repeat(row.depth)}${row.span.spanId}`)).toEqual([
    'root',
    '-early',
    '--deep',
    '-late',
  ]);
});

test('each row knows how many it hides and how many of those failed', () => {
  expect(orderSpans(tree).map((row) => [row.descendants, row.errorsBelow])).toEqual([
    [3, 1],
    [1, 1],
    [0, 0],
    [0, 0],
  ]);
});

test('collapsing skips what lies below', () => {
  const rows = orderSpans(tree);
  expect(visibleRows(rows, new Set(['early']))).toEqual([0, 1, 3]);
  expect(visibleRows(rows, new Set(['root', 'early']))).toEqual([0]);
});

test('a span whose parent is missing is a root and says so', () => {
  const [first] = orderSpans([span('a', 'gone', 5, 1)]);
  expect(first).toMatchObject({ depth: 0, orphan: true });
});

test('circles, a span that is its own parent and ids that come twice are each drawn once', () => {
  const broken = [
    span('a', 'b', 0, 1),
    span('b', 'a', 1, 1),
    span('self', 'self', 2, 1),
    span('twin', null, 3, 1),
    span('twin', null, 4, 1),
    span('child', 'twin', 5, 1),
  ];
  const rows = orderSpans(broken);
  expect(new Set(rows.map((row) => row.span))).toEqual(new Set(broken));
  expect(rows).toHaveLength(broken.length);
});

test('a chain of twenty thousand spans does not exhaust the stack', () => {
  const chain = Array.from({ length: 20_000 }, (_, index) =>
    span(`${index}`, index === 0 ? null : `${index - 1}`, index, 1),
  );
  const rows = orderSpans(chain);
  expect(rows.at(-1)?.depth).toBe(19_999);
  expect(rows[0]?.descendants).toBe(19_999);
});
