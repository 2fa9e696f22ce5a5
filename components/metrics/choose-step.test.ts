import { expect, test } from 'vitest';
import { chooseStep } from './choose-step.ts';

const MINUTE = 60_000;

test.each([
  [15 * MINUTE, 1200, 5_000],
  [15 * MINUTE, 340, 15_000],
  [5 * MINUTE, 1200, 1_000],
  [60 * MINUTE, 1200, 15_000],
  [24 * 60 * MINUTE, 1200, 5 * MINUTE],
  [92 * 24 * 60 * MINUTE, 1200, 12 * 60 * MINUTE],
  [92 * 24 * 60 * MINUTE, 200, 2 * 24 * 60 * MINUTE],
  [1_000, 10_000, 1_000],
])('%d ms over %d px has a point every %d ms', (spanMs, widthPx, stepMs) => {
  expect(chooseStep(spanMs, widthPx)).toBe(stepMs);
});
