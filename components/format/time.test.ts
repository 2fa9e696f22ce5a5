import { describe, expect, it } from 'vitest';
import { formatAge, formatDuration, formatSpan } from './duration.ts';
import { formatClock, formatMoment, formatRelative, formatUtc } from './time.ts';

describe('formatDuration', () => {
  it.each([
    [null, '–'],
    [0, '0 ms'],
    [0.084, '84 µs'],
    [0.9999, '1 ms'],
    [4.24, '4.2 ms'],
    [9.96, '10 ms'],
    [412.4, '412 ms'],
    [999.6, '1 s'],
    [1234, '1.2 s'],
    [12_340, '12.3 s'],
    [125_000, '2 min 5 s'],
    [-4.2, '−4.2 ms'],
  ])('%s reads %s', (value, text) => expect(formatDuration(value)).toBe(text));
});

describe('formatSpan and formatAge', () => {
  it.each([
    [0, '0 s', '0 s'],
    [-5, '0 s', '0 s'],
    [59_999, '59 s', '59 s'],
    [125_000, '2 min 5 s', '2 min'],
    [3_600_000, '1 h', '1 h'],
    [11_520_000, '3 h 12 min', '3 h'],
    [352_800_000, '4 d 2 h', '4 d'],
  ])('%s ms reads %s and %s', (ms, span, age) => {
    expect(formatSpan(ms)).toBe(span);
    expect(formatAge(ms)).toBe(age);
  });
});

describe('moments', () => {
  const now = Date.UTC(2026, 2, 4, 12, 0, 0);

  it('shows the clock of the reader, whatever the machine is set to', () => {
    expect(formatClock(now, 'UTC')).toBe('12:00:00');
    expect(formatClock(now, 'Asia/Tokyo')).toBe('21:00:00');
    expect(formatClock(Date.UTC(2026, 2, 4, 0, 5, 9), 'UTC')).toBe('00:05:09');
  });

  it('adds the day when it is another one, and the year when that differs', () => {
    expect(formatMoment(now - 3_600_000, { zone: 'UTC', nowMs: now })).toBe('11:00:00');
    expect(formatMoment(now - 86_400_000, { zone: 'UTC', nowMs: now })).toBe('3 Mar 12:00');
    expect(formatMoment(Date.UTC(2024, 11, 31, 23, 0), { zone: 'UTC', nowMs: now })).toBe('31 Dec 2024 23:00');
    // 20:00 UTC is already the next day in Tokyo.
    expect(formatMoment(now + 8 * 3_600_000, { zone: 'Asia/Tokyo', nowMs: now })).toBe('5 Mar 05:00');
  });

  it('is unambiguous on hover', () => expect(formatUtc(now + 123)).toBe('2026-03-04 12:00:00.123 UTC'));

  it.each([
    [0, 'just now'],
    [-900, 'just now'],
    [8000, '8 s ago'],
    [3_700_000, '1 h ago'],
    [-12_000, 'in 12 s'],
  ])('%s ms of age reads %s', (age, text) => expect(formatRelative(now - age, now)).toBe(text));
});
