import fc from 'fast-check';
import { expect, test } from 'vitest';
import { criticalPath } from './critical-path.ts';
import { orderSpans } from './order-spans.ts';
import { span } from './testing.ts';
import type { Span } from '#server/traces/schema.ts';

function pathOf(spans: Span[]) {
  return Object.fromEntries(
    [...criticalPath(orderSpans(spans))].map(([row, stretches]) => [
      row.span.spanId,
      stretches.map(({ fromUs, toUs }) => [fromUs, toUs]),
    ]),
  );
}

test('calls one after the other are all on it, with the gaps between them', () => {
  expect(pathOf([span('root', null, 0, 100), span('a', 'root', 10, 30), span('b', 'root', 50, 40)])).toEqual({
    root: [
      [0, 10],
      [40, 50],
      [90, 100],
    ],
    a: [[10, 40]],
    b: [[50, 90]],
  });
});

test('of two calls at once the one that ended last', () => {
  expect(pathOf([span('root', null, 0, 100), span('a', 'root', 0, 60), span('b', 'root', 0, 100)])).toEqual({
    b: [[0, 100]],
  });
});

test('what goes on after the parent has answered does not count', () => {
  expect(pathOf([span('root', null, 0, 50), span('async', 'root', 20, 500)])).toEqual({
    root: [[0, 20]],
    async: [[20, 50]],
  });
  expect(pathOf([span('root', null, 0, 50), span('after', 'root', 60, 10)])).toEqual({ root: [[0, 50]] });
});

test('no spans, no path', () => expect(criticalPath([]).size).toBe(0));

test('whatever the tree, its stretches are disjoint and cover the longest root', () => {
  const trees = fc.array(fc.record({ parent: fc.nat(30), startUs: fc.nat(1000), durationUs: fc.nat(1000) }), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(trees, (drawn) => {
      const spans = drawn.map(({ parent, startUs, durationUs }, index) =>
        span(`${index}`, index === 0 ? null : `${parent % index}`, startUs, durationUs),
      );
      const stretches = [...criticalPath(orderSpans(spans)).values()].flat().toSorted((a, b) => a.fromUs - b.fromUs);
      const root = spans[0];
      let cursor = root?.startUs;
      for (const { fromUs, toUs } of stretches) {
        expect(fromUs).toBe(cursor);
        expect(toUs).toBeGreaterThan(fromUs);
        cursor = toUs;
      }
      expect(cursor).toBe((root?.startUs ?? 0) + (root?.durationUs ?? 0));
    }),
  );
});
