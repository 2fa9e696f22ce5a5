import { describe, expect, test } from 'vitest';
import type { Partition } from '#server/store/queries/partitions.ts';
import { measurePace } from './measure-pace.ts';
import { isPast, partitionEndMs } from './past-partitions.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 21, 12);

describe('a partition', () => {
  test.each([
    ['20261121', Date.UTC(2026, 10, 22)],
    ['20261231', Date.UTC(2027, 0, 1)],
    ['202612', Date.UTC(2027, 0, 1)],
    ['all', null],
    ['2026112', null],
  ])('%s ends', (id, endMs) => expect(partitionEndMs(id)).toBe(endMs));

  test.each([
    ['20261114', 7, false],
    ['20261113', 7, true],
    ['20261120', 1, false],
    ['20261119', 1, true],
    // A month goes when its last day does.
    ['202610', 21, false],
    ['202610', 20, true],
    ['202611', 1, false],
    ['all', 1, false],
  ])('%s kept for %i days is past its time: %s', (id, days, past) => expect(isPast(id, days, NOW)).toBe(past));

  test('holds nothing younger than the limit on the instant that it is past', () => {
    const midnight = Date.UTC(2026, 10, 21);
    expect(isPast('20261113', 7, midnight)).toBe(true);
    expect(isPast('20261114', 7, midnight)).toBe(false);
    expect(isPast('20261113', 7, midnight - 1)).toBe(false);
  });
});

const part = (id: string, bytes: number, oldestMs: number | null): Partition => ({
  database: 'd',
  table: 't',
  id,
  rows: 1,
  bytes,
  oldestMs,
});
const day = (ago: number) => Math.floor(NOW / DAY) * DAY - ago * DAY;

describe('the pace', () => {
  test('is that of whole days; today does not count', () => {
    const held = [part('20261121', 7, day(0)), part('20261120', 100, day(1)), part('20261119', 300, day(2))];
    expect(measurePace(held, NOW)).toBe(200);
  });
  test('counts a first day for as long as it lasted', () => {
    expect(measurePace([part('20261120', 100, day(0) - 6 * HOUR)], NOW)).toBe(400);
  });
  test('forgets what was a week ago', () => {
    expect(measurePace([part('20261101', 9e9, day(20)), part('20261120', 100, day(1))], NOW)).toBe(100);
  });
  test('is guessed from a first day and from a month that goes on', () => {
    expect(measurePace([part('20261121', 50, NOW - 2 * HOUR)], NOW)).toBe(600);
    expect(measurePace([part('202611', 50, NOW - 10 * DAY)], NOW)).toBe(5);
  });
  test('takes tables without a time along', () => {
    expect(measurePace([part('20261120', 100, day(1)), part('20261120', 20, null)], NOW)).toBe(120);
  });
  test('is not known of nothing, or of minutes', () => {
    expect(measurePace([], NOW)).toBeNull();
    expect(measurePace([part('20261121', 50, NOW - HOUR / 2)], NOW)).toBeNull();
  });
});
