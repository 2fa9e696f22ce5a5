import { expect, test } from 'vitest';
import { orderSpans } from './order-spans.ts';
import { selfTimes } from './self-times.ts';
import { span } from './testing.ts';
import type { Span } from '#server/traces/schema.ts';

function selfOf(spans: Span[]) {
  const rows = orderSpans(spans);
  return Object.fromEntries(selfTimes(rows).map((us, index) => [rows[index]?.span.spanId, us]));
}

test('is what no child covers', () => {
  expect(selfOf([span('root', null, 0, 100), span('a', 'root', 10, 30), span('b', 'root', 50, 40)])).toEqual({
    root: 30,
    a: 30,
    b: 40,
  });
});

test('children at the same time cover it once', () => {
  expect(selfOf([span('root', null, 0, 100), span('a', 'root', 10, 50), span('b', 'root', 20, 60)]).root).toBe(30);
  expect(selfOf([span('root', null, 0, 100), span('a', 'root', 10, 80), span('b', 'root', 20, 10)]).root).toBe(20);
});

test('what a child does before or after its parent does not count', () => {
  expect(selfOf([span('root', null, 50, 50), span('early', 'root', 0, 60), span('late', 'root', 90, 500)]).root).toBe(
    30,
  );
  expect(selfOf([span('root', null, 0, 50), span('after', 'root', 60, 10)]).root).toBe(50);
});
