import { expect, test } from 'vitest';
import { fromWallTime, toWallTime } from './wall-time.ts';

test.each([
  ['2026-03-04T03:12:45Z', 'UTC', '2026-03-04T03:12:45'],
  ['2026-03-04T03:12:45Z', 'Europe/Berlin', '2026-03-04T04:12:45'],
  ['2026-07-04T03:12:45Z', 'America/New_York', '2026-07-03T23:12:45'],
  ['2026-07-04T03:12:45Z', 'Asia/Kolkata', '2026-07-04T08:42:45'],
])('%s in %s reads %s and back', (utc, zone, wall) => {
  expect(toWallTime(Date.parse(utc), zone)).toBe(wall);
  expect(fromWallTime(wall, zone)).toBe(Date.parse(utc));
});

test('a field without seconds is whole minutes', () => {
  expect(fromWallTime('2026-03-04T03:12', 'UTC')).toBe(Date.parse('2026-03-04T03:12:00Z'));
});

test('an hour that does not exist is the hour after, one that exists twice its first pass', () => {
  expect(fromWallTime('2026-03-29T02:30:00', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T01:30:00Z'));
  expect(fromWallTime('2026-10-25T02:30:00', 'Europe/Berlin')).toBe(Date.parse('2026-10-25T00:30:00Z'));
});

test.each(['', 'now', '2026-13-40T99:99', '04.03.2026 03:12'])('%j is no time', (text) => {
  expect(fromWallTime(text, 'UTC')).toBeNull();
});
