import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layFlame, mergeFlame, moveInFlame } from './flame.ts';
import { orderSpans } from './order-spans.ts';
import { selfTimes } from './self-times.ts';
import { span } from './testing.ts';
import type { Span } from '#server/traces/schema.ts';

function flameOf(spans: Span[]) {
  const rows = orderSpans(spans);
  return mergeFlame(rows, selfTimes(rows));
}

const shop = [
  span('root', null, 0, 100),
  span('q1', 'root', 10, 20, { operation: 'query' }),
  span('q2', 'root', 40, 30, { operation: 'query', status: 'error' }),
  span('pay', 'root', 75, 20),
  span('other query', 'pay', 80, 10, { operation: 'query' }),
];

test('calls along the same way are one node, elsewhere another', () => {
  expect(
    flameOf(shop).map(({ operation, parent, spans, errors, selfUs, totalUs }) => [
      operation,
      parent,
      spans,
      errors,
      selfUs,
      totalUs,
    ]),
  ).toEqual([
    ['root', -1, 1, 0, 30, 100],
    ['query', 0, 2, 1, 50, 50],
    ['pay', 0, 1, 0, 10, 20],
    ['query', 2, 1, 0, 10, 10],
  ]);
  expect(flameOf(shop)[1]?.longest.span.spanId).toBe('q2');
});

test('frames stand in their caller, the widest first', () => {
  const frames = layFlame(flameOf(shop), -1);
  expect(frames.map(({ node, x, width }) => [node.operation, node.depth, x, width])).toEqual([
    ['root', 0, 0, 1],
    ['query', 1, 0, 0.5],
    ['pay', 1, 0.5, 0.2],
    ['query', 2, 0.5, 0.1],
  ]);
});

test('a node that is zoomed fills the width, with its callers, without its siblings', () => {
  expect(layFlame(flameOf(shop), 2).map(({ index, x, width }) => [index, x, width])).toEqual([
    [0, 0, 1],
    [2, 0, 1],
    [3, 0, 0.5],
  ]);
});

test('arrows go to the caller, the widest call and the neighbours', () => {
  const frames = layFlame(flameOf(shop), -1);
  const go = (index: number, key: string) => moveInFlame(frames, frames[index]!, key)?.index;
  expect([go(0, 'ArrowDown'), go(1, 'ArrowRight'), go(2, 'ArrowLeft'), go(2, 'ArrowUp')]).toEqual([1, 2, 1, 0]);
  expect([go(0, 'ArrowUp'), go(3, 'ArrowDown'), go(1, 'ArrowLeft'), go(0, 'x')]).toEqual(Array(4).fill(undefined));
});

test('an empty trace, and one in which nothing takes time, have no frames', () => {
  expect(layFlame(flameOf([]), -1)).toEqual([]);
  expect(layFlame(flameOf([span('a', null, 0, 0)]), -1)).toEqual([]);
});

test('whatever the tree, what is called fits into its caller and siblings do not overlap', () => {
  const trees = fc.array(
    fc.record({ parent: fc.nat(30), startUs: fc.nat(1000), durationUs: fc.nat(1000), name: fc.nat(3) }),
    {
      minLength: 1,
      maxLength: 40,
    },
  );
  fc.assert(
    fc.property(trees, (drawn) => {
      const nodes = flameOf(
        drawn.map(({ parent, startUs, durationUs, name }, index) =>
          span(`${index}`, index === 0 ? null : `${parent % index}`, startUs, durationUs, { operation: `op${name}` }),
        ),
      );
      for (const [index, node] of nodes.entries()) {
        const called = nodes.filter(({ parent }) => parent === index).toSorted((a, b) => a.fromUs - b.fromUs);
        expect(called.reduce((sum, { totalUs }) => sum + totalUs, node.selfUs)).toBe(node.totalUs);
        let cursorUs = node.fromUs;
        for (const { fromUs, totalUs } of called) {
          expect(fromUs).toBe(cursorUs);
          cursorUs += totalUs;
        }
        expect(cursorUs).toBeLessThanOrEqual(node.fromUs + node.totalUs);
      }
    }),
  );
});
