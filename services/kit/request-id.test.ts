import { expect, test } from 'vitest';
import { acceptRequestId } from './request-id.ts';

test.each(['01234567', 'req-2024:abc.DEF_9', 'x'.repeat(128)])('takes %s', (sent) => {
  expect(acceptRequestId(sent)).toBe(sent);
});
test.each([
  undefined,
  '',
  'short',
  'x'.repeat(129),
  'with space here',
  'new\nline-in-it',
  '{"$gt":"12345678"}',
  ['12345678', '23456789'],
])('makes its own instead of %j', (sent) => {
  expect(acceptRequestId(sent)).toMatch(/^[0-9a-f-]{36}$/);
});
