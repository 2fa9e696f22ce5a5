import { expect, test } from 'vitest';
import { wordAt } from './hover-docs.ts';
import { termDoc } from './term-docs.ts';

test.each([
  ['sum(rate(up[1m]))', 0, 'sum'],
  ['sum(rate(up[1m]))', 3, null],
  ['sum(rate(up[1m]))', 6, 'rate'],
  ['job:up:sum / 2', 13, null],
  ['job:up:sum / 2', 5, 'job:up:sum'],
  ['', 0, null],
])('in %j at %d lies %j', (line, place, word) => {
  expect(wordAt(line, place)?.text ?? null).toBe(word);
});

test('words of the language are explained, others are not', () => {
  expect(termDoc('histogram_quantile')!.text).toMatch(/quantile/i);
  expect(termDoc('sum')!.text).toMatch(/sum/i);
  expect(termDoc('no_such_thing')).toBeNull();
});
