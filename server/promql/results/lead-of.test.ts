import { expect, test } from 'vitest';
import { parseExpr } from '../parse/parse.ts';
import { leadOf } from './lead-of.ts';

test.each<[string, number | undefined]>([
  ['up', 0],
  ['sum(rate(a[5m])) / sum(rate(b[5m] offset 1h))', 0],
  ['a offset 1h', -3_600_000],
  ['a offset 1h + b offset 5m', -300_000],
  ['a + b offset -5m', 300_000],
  ['max_over_time((a offset -2m)[10m:1m] offset 1m)', 60_000],
  ['max_over_time(sum(rate(a[1m]))[10m:1m])', 0],
  ['topk(scalar(n offset -1m), a)', 60_000],
  ['time() - timestamp(a)', 0],
  ['-(a offset 1m)', -60_000],
  ['rate(a[5m:1m] offset 2m)', -120_000],
  ['info(a offset 1h)', 0],
  ['info(a offset -1m)', 60_000],
  // What is the same for all steps depends on samples of any time.
  ['a @ 1000', undefined],
  ['a / a @ start()', undefined],
  ['info(a @ 1000)', undefined],
  ['rate(a[5m] @ end())', undefined],
  ['sum_over_time(a[5m:1m] @ end())', undefined],
  ['a - start()', undefined],
  ['topk(range(), a)', undefined],
  // Nothing is read.
  ['time()', undefined],
  ['vector(1)', undefined],
])('%s', (query, lead) => {
  expect(leadOf(parseExpr(query, { experimentalFunctions: true }))).toBe(lead);
});
