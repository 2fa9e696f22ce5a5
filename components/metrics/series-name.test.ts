import { expect, it, test } from 'vitest';
import { seriesName, shortNames } from './series-name.ts';

test.each([
  [{}, '{}'],
  [{ __name__: 'up' }, 'up'],
  [{ __name__: 'up', job: 'a' }, 'up{job="a"}'],
  [{ job: 'a', instance: 'b"c' }, '{job="a", instance="b\\"c"}'],
  [{ __name__: 'http.server', 'service.name': 'a' }, '{"http.server", "service.name"="a"}'],
])('%j is %s', (labels, text) => expect(seriesName(labels)).toBe(text));

it('leaves out what all share', () => {
  expect(
    shortNames([
      { __name__: 'up', job: 'a', zone: 'x' },
      { __name__: 'up', job: 'b', zone: 'x' },
    ]),
  ).toEqual(['{job="a"}', '{job="b"}']);
});

it('keeps a label that some lack, and the whole of a single one', () => {
  expect(shortNames([{ job: 'a' }, { job: 'a', le: '1' }])).toEqual(['{}', '{le="1"}']);
  expect(shortNames([{ __name__: 'up', job: 'a' }])).toEqual(['up{job="a"}']);
  expect(shortNames([])).toEqual([]);
});
