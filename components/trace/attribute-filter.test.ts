import { expect, test } from 'vitest';
import { attributeHref, parseAttributeFilter, writeAttributeFilter } from './attribute-filter.ts';

test.each([
  ['http.route=/orders', { key: 'http.route', op: '=', value: '/orders' }],
  [' http.route = /a b ', { key: 'http.route', op: '=', value: '/a b' }],
  ['user.id!=7', { key: 'user.id', op: '!=', value: '7' }],
  ['url.query=a=b&c!=d', { key: 'url.query', op: '=', value: 'a=b&c!=d' }],
  ['order.id', { key: 'order.id', op: 'exists', value: '' }],
  ['empty=', { key: 'empty', op: '=', value: '' }],
] as const)('%j', (text, expected) => {
  const filter = parseAttributeFilter(text);
  expect(filter).toEqual(expected);
  expect(filter && parseAttributeFilter(writeAttributeFilter(filter))).toEqual(expected);
});

test.each(['', '   ', '=x', '!=x', `${'k'.repeat(300)}=1`])('%j is no filter', (text) => {
  expect(parseAttributeFilter(text)).toBeNull();
});

test('a value from outside stays one parameter', () => {
  expect(attributeHref('a', 'x&from=1#y')).toBe('/traces?attr=a%3Dx%26from%3D1%23y');
});
