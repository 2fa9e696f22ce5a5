import { expect, it } from 'vitest';
import { isRepeatable } from './retry-policy.ts';
import { ROUTES } from './routes.ts';

const route = (segment: string) => ROUTES.find((each) => each.segment === segment)!;

it.each([
  ['orders', 'GET', undefined, true],
  ['orders', 'POST', undefined, false],
  ['payments', 'POST', undefined, false],
  ['payments', 'POST', 'k-1', true],
  ['orders', 'POST', 'k-1', true],
  // Auth does not know keys: what is sent twice is done twice.
  ['auth', 'POST', 'k-1', false],
])('%s, %s with the key %s may be sent twice: %s', (segment, method, key, expected) => {
  expect(isRepeatable(route(segment), method, key)).toBe(expected);
});
