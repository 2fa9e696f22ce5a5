import { expect, test } from 'vitest';
import { followsRange, withRange } from './range-scope.ts';

test.each([
  ['/', false],
  ['/services', true],
  ['/services/payments', true],
  ['/traces', true],
  ['/traces/0123', false],
  ['/circuits', true],
  ['/metrics', true],
  ['/integrity', false],
])('%s follows the range: %s', (pathname, expected) => {
  expect(followsRange(pathname)).toBe(expected);
});

test('the range goes along, unless the link has its own', () => {
  const current = new URLSearchParams('from=now-1h&service=x');
  expect(withRange('/services', current)).toBe('/services?from=now-1h');
  expect(withRange('/traces?from=1&to=2', current)).toBe('/traces?from=1&to=2');
  expect(withRange('/services', new URLSearchParams())).toBe('/services');
});
