import { expect, test } from 'vitest';
import { starterQuery } from './starter-query.ts';

test.each([
  ['up', 'gauge', 'up'],
  ['x_seconds_bucket', 'histogram', 'histogram_quantile(0.95, sum by (job, le) (rate(x_seconds_bucket[1m])))'],
  ['x_seconds_count', 'histogram', 'sum by (job) (rate(x_seconds_count[1m]))'],
  ['x_seconds', 'histogram', 'histogram_quantile(0.95, sum by (job) (rate(x_seconds[1m])))'],
  ['orders_created_total', 'counter', 'sum by (job) (rate(orders_created_total[1m]))'],
  ['restarts', 'counter', 'sum by (job) (rate(restarts[1m]))'],
  ['http.server', 'gauge', '{"http.server"}'],
])('%s of type %s starts with %s', (name, type, expr) => {
  expect(starterQuery({ name, type })).toBe(expr);
});
