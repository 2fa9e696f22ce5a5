import { expect, it } from 'vitest';
import { groupByTime } from './group-by-time.ts';

const at = (iso: string) => ({ tMs: Date.parse(iso) });
const group = (now: string, zone: string, ...times: string[]) =>
  groupByTime(times.map(at), { nowMs: Date.parse(now), zone }).map(({ title, items }) => `${title} ${items.length}`);

it('parts at the hour and at midnight, and shows no empty group', () => {
  expect(
    group(
      '2026-03-04T12:00:00Z',
      'UTC',
      '2026-03-04T11:59:00Z',
      '2026-03-04T11:00:01Z',
      '2026-03-04T11:00:00Z',
      '2026-03-04T00:00:00Z',
      '2026-03-03T23:59:59Z',
      '2026-03-02T23:59:59Z',
    ),
  ).toEqual(['Last hour 2', 'Earlier today 2', 'Yesterday 1', 'Before 1']);
  expect(group('2026-03-04T12:00:00Z', 'UTC')).toEqual([]);
});

it('midnight is the viewer’s', () => {
  const times = ['2026-03-04T10:00:00Z', '2026-03-03T20:00:00Z'];
  expect(group('2026-03-04T12:00:00Z', 'UTC', ...times)).toEqual(['Earlier today 1', 'Yesterday 1']);
  expect(group('2026-03-04T12:00:00Z', 'Asia/Tokyo', ...times)).toEqual(['Earlier today 2']);
});

it('an hour ago is the last hour, also when midnight lies between', () =>
  expect(group('2026-03-04T00:10:00Z', 'UTC', '2026-03-03T23:50:00Z')).toEqual(['Last hour 1']));
