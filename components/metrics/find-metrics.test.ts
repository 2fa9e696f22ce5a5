import { expect, test } from 'vitest';
import { findMetrics } from './find-metrics.ts';

const METRICS = [
  { name: 'circuit_breaker_state', type: 'gauge', help: 'One for the state the breaker is in' },
  { name: 'http_requests_total', type: 'counter', help: 'Requests that were answered' },
  { name: 'up', type: '', help: '' },
];

test.each([
  ['', ['circuit_breaker_state', 'http_requests_total', 'up']],
  ['HTTP', ['http_requests_total']],
  ['state breaker', ['circuit_breaker_state']],
  ['answered', ['http_requests_total']],
  ['counter', ['http_requests_total']],
  ['at', ['circuit_breaker_state', 'http_requests_total']],
  ['nothing', []],
])('%j finds %j', (text, names) => {
  expect(findMetrics(METRICS, text).map(({ name }) => name)).toEqual(names);
});
