import { expect, test } from 'vitest';
import { completeAttribute, readAttributeDraft } from './complete-attribute.ts';

const keys = [
  { key: 'http.route', spans: 90 },
  { key: 'region', spans: 50 },
  { key: 'http.request.method', spans: 40 },
  { key: 'cloud.region', spans: 10 },
];
const values = [
  { value: 'north', spans: 5 },
  { value: 'South', spans: 3 },
];
const texts = (typed: string) => completeAttribute(typed, keys, values).map(({ text }) => text);

test.each([
  ['http', { key: 'http', op: '', value: '' }],
  ['http.route=', { key: 'http.route', op: '=', value: '' }],
  [' a != b=c ', { key: 'a', op: '!=', value: 'b=c' }],
  ['', { key: '', op: '', value: '' }],
])('%j', (text, draft) => expect(readAttributeDraft(text)).toEqual(draft));

test('first keys, in their order, those that begin with it before the others', () => {
  expect(texts('')).toEqual(['http.route=', 'region=', 'http.request.method=', 'cloud.region=']);
  expect(texts('HTTP')).toEqual(['http.route=', 'http.request.method=']);
  expect(texts('reg')).toEqual(['region=', 'cloud.region=']);
  expect(texts('none')).toEqual([]);
});

test('a whole key may also be asked for by itself', () => {
  expect(texts('region')).toEqual(['region=', 'region', 'cloud.region=']);
});

test('then its values', () => {
  expect(texts('region=')).toEqual(['region=north', 'region=South']);
  expect(texts('region!=so')).toEqual(['region!=South']);
  expect(texts('region=east')).toEqual([]);
});
