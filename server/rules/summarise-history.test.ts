import { expect, it } from 'vitest';
import { summariseHistory } from './summarise-history.ts';

const HOUR = 3_600_000;
const NOW = 100 * 24 * HOUR;
const episode = (rule: string, agoH: number, lengthH: number | null) => ({
  rule,
  severity: 'warning' as const,
  firedMs: NOW - agoH * HOUR,
  resolvedMs: lengthH === null ? null : NOW - (agoH - lengthH) * HOUR,
});

it('counts and measures each rule, the most frequent first', () => {
  const [a, b, ...rest] = summariseHistory([episode('b', 3, 1), episode('a', 30, 2), episode('a', 1, null)], 7, NOW);
  expect(a).toMatchObject({ rule: 'a', count: 2, firingMs: 3 * HOUR, longestMs: 2 * HOUR, lastFiredMs: NOW - HOUR });
  expect(a!.perDay).toEqual([0, 0, 0, 0, 0, 1, 1]);
  expect(b).toMatchObject({ rule: 'b', count: 1, perDay: [0, 0, 0, 0, 0, 0, 1] });
  expect(rest).toEqual([]);
});

it('what began before counts with its part within, and what ended before does not', () => {
  const [long, ...rest] = summariseHistory([episode('long', 200, null), episode('gone', 200, 10)], 7, NOW);
  expect(long).toMatchObject({ count: 1, firingMs: 7 * 24 * HOUR, perDay: [1, 0, 0, 0, 0, 0, 0] });
  expect(rest).toEqual([]);
});
