import { expect, test } from 'vitest';
import { parseDurationText } from './parse-duration-text.ts';

test.each([
  ['250', 250],
  [' 250 ms ', 250],
  ['1.5s', 1500],
  ['1,5 S', 1500],
  ['80 µs', 0.08],
  ['2 min', 120_000],
])('%j is %d ms', (text, ms) => expect(parseDurationText(text)).toBe(ms));

test.each(['', 'fast', '-5', '1h', '1 2'])('%j is no duration', (text) => expect(parseDurationText(text)).toBeNull());
