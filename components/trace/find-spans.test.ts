import { expect, test } from 'vitest';
import { criticalPath } from './critical-path.ts';
import { findSpans, type SpanSet } from './find-spans.ts';
import { orderSpans } from './order-spans.ts';
import { span } from './testing.ts';

const rows = orderSpans([
  span('root', null, 0, 100, { service: 'gateway' }),
  span('quick', 'root', 5, 10),
  span('slow', 'root', 20, 70, { attributes: { 'http.route': '/Orders' } }),
  span('deep', 'slow', 30, 5, { status: 'error', statusMessage: 'Refused' }),
]);
const path = criticalPath(rows);
const find = (text: string, set: SpanSet = 'all') => {
  const found = findSpans(rows, text, set, path);
  const names = (indexes: Iterable<number>) => [...indexes].map((index) => rows[index]?.span.spanId).join(' ');
  return found && [names(found.matches), names(found.shown)];
};

test.each([
  ['http.route=/orders', 'slow', 'root slow'],
  ['refused', 'deep', 'root slow deep'],
  ['orders SLOW', 'slow', 'root slow'],
  ['gateway', 'root', 'root'],
  ['nothing like it', '', ''],
])('%j', (text, matches, shown) => expect(find(text)).toEqual([matches, shown]));

test('the failed ones, and those of the critical path', () => {
  expect(find('', 'failed')).toEqual(['deep', 'root slow deep']);
  expect(find('quick', 'failed')).toEqual(['', '']);
  expect(find('', 'critical')).toEqual(['root quick slow deep', 'root quick slow deep']);
});

test('nothing asked, nothing filtered', () => expect(find('  ')).toBeNull());
