import { expect, test } from 'vitest';
import { countNew, keysOf, mergeLines, tailFrom } from './merge-lines.ts';
import { line } from './testing.ts';

const range = { fromMs: 1_000, toMs: 100_000 };
const at = (...times: number[]) => times.map((tMs) => line({ tMs }));
const timesOf = (lines: { tMs: number }[]) => lines.map(({ tMs }) => tMs);

test('the tail is asked for from a little before the newest line on', () => {
  expect(tailFrom(undefined, range)).toBe(1_000);
  expect(tailFrom([], range)).toBe(1_000);
  expect(tailFrom(at(50_000), range)).toBe(35_000);
  expect(tailFrom(at(5_000), range)).toBe(1_000);
  expect(tailFrom(at(200_000), range)).toBe(99_999);
});

test('late lines take their place, and none comes twice', () => {
  const known = at(50_000, 40_000, 20_000);
  const merged = mergeLines(known, at(60_000, 50_000, 45_000, 40_000), { sinceMs: 35_000, range, limit: 10 });
  expect(timesOf(merged)).toEqual([60_000, 50_000, 45_000, 40_000, 20_000]);
});

test('lines that left the range or exceed the limit go', () => {
  expect(timesOf(mergeLines(at(5_000, 500), at(9_000), { sinceMs: 6_000, range, limit: 10 }))).toEqual([9_000, 5_000]);
  expect(timesOf(mergeLines(at(5_000, 4_000), at(9_000), { sinceMs: 6_000, range, limit: 2 }))).toEqual([9_000, 5_000]);
});

test('a full answer leaves nothing of before, because a gap may lie between', () => {
  expect(timesOf(mergeLines(at(5_000), at(9_000, 8_000), { sinceMs: 6_000, range, limit: 2 }))).toEqual([9_000, 8_000]);
});

test('counts what came since, late lines too, and not what scrolled in at the end', () => {
  expect(countNew(at(5, 3), at(7, 6, 5, 4, 3, 2))).toBe(3);
  expect(countNew([], at(7))).toBe(1);
  expect(countNew(at(5), at(5))).toBe(0);
});

test('equal lines have different keys that stay when others come', () => {
  const twice = at(5, 5, 3);
  const keys = keysOf(twice);
  expect(new Set(keys).size).toBe(3);
  expect(keysOf([...at(9), ...twice]).slice(1)).toEqual(keys);
});
