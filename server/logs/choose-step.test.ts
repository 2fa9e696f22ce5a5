import { expect, test } from 'vitest';
import { chooseStep } from './choose-step.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test.each([
  ['15 minutes', 15 * MINUTE, 90, 10_000],
  ['an hour', HOUR, 90, MINUTE],
  ['a day', 24 * HOUR, 90, 30 * MINUTE],
  ['31 days', 31 * 24 * HOUR, 90, 12 * HOUR],
  ['a second', 1_000, 90, 20],
  ['31 days in ten', 31 * 24 * HOUR, 10, 7 * 24 * HOUR],
])('%s', (_name, spanMs, most, stepMs) => {
  expect(chooseStep({ fromMs: 0, toMs: spanMs }, most)).toBe(stepMs);
});

test('a range off the grid touches one bucket more', () => {
  expect(chooseStep({ fromMs: 0, toMs: 100 }, 10)).toBe(10);
  expect(chooseStep({ fromMs: 5, toMs: 105 }, 10)).toBe(20);
});
