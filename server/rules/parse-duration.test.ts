import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from './parse-duration.ts';

describe('parseDuration', () => {
  it.each([
    ['0', 0],
    ['0s', 0],
    ['324ms', 324],
    ['3s', 3_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['2w', 1_209_600_000],
    ['1y', 31_536_000_000],
    ['1d12h', 129_600_000],
  ])('%s is %d ms', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(['', '1', '1.5h', '-5m', '5 m', '30m1h', '1h1h', '5x', '99999999999999y'])('refuses "%s"', (text) => {
    expect(() => parseDuration(text)).toThrow(/duration/);
  });

  it('reads back what formatDuration writes', () => {
    fc.assert(fc.property(fc.nat({ max: 10 ** 12 }), (ms) => parseDuration(formatDuration(ms)) === ms));
    expect(formatDuration(90_000)).toBe('1m30s');
    expect(formatDuration(30 * 86_400_000)).toBe('30d');
  });
});
