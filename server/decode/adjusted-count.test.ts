import { expect, it } from 'vitest';
import { adjustedCountOf } from './adjusted-count.ts';

it.each([
  ['', 1],
  ['ot=th:0', 1],
  ['ot=th:8', 2],
  ['ot=th:f', 16],
  ['ot=th:fff', 4_096],
  ['ot=th:c;rv:1234567890abcd', 4],
  ['vendor=th:c,ot=rv:1234567890abcd;th:e', 8],
  ['ot=p:8', 1],
  ['vendor=1', 1],
  ['ot=th:zz', 1],
  ['ot=th:ffffffffffffff', 1_000_000],
])('%s stands for %d', (traceState, count) => expect(adjustedCountOf(traceState)).toBeCloseTo(count, 6));
