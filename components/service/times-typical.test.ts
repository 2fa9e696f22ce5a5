import { expect, it } from 'vitest';
import { timesTypical } from './times-typical.ts';

const endpoints = [
  { operation: 'GET /', latencyMsP50: 10 },
  { operation: 'GET /idle', latencyMsP50: null },
];

it.each([
  ['GET /', 14, null],
  ['GET /', 24, '2.4'],
  ['GET /', 30, '3'],
  ['GET /', 1_234, '123'],
  ['GET /idle', 50, null],
  ['GET /other', 50, null],
])('%s of %i ms is %s times as slow as usual', (operation, durationMs, expected) =>
  expect(timesTypical({ operation, durationMs }, endpoints)).toBe(expected),
);
