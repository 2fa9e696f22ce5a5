import { expect, test } from 'vitest';
import { describeSelection, readSelection, slowSelection, writeSelection } from './selection.ts';

test.each([
  ['min:250', { minDurationMs: 250 }],
  ['failed', { failed: true }],
  [
    'from:1000,to:2000,min:0.5,max:12.3,failed',
    { fromMs: 1000, toMs: 2000, minDurationMs: 0.5, maxDurationMs: 12.3, failed: true },
  ],
])('%s', (text, selection) => {
  expect(readSelection(text)).toEqual(selection);
  expect(writeSelection(selection)).toBe(text);
});

test.each([null, '', 'min:', 'min:-1', 'x:5', 'max:0', 'min:1e9', '<script>'])('%j selects nothing', (text) => {
  expect(readSelection(text)).toBeNull();
});

const bucket = (durationMs: number, count: number) => ({ tMs: 0, durationMs, count, errors: 0 });

test('the slow ones are the uppermost rows with one in twenty', () => {
  expect(slowSelection([bucket(10, 90), bucket(100, 6), bucket(1000, 2), bucket(1000, 2)])).toEqual({
    minDurationMs: 100,
  });
  expect(slowSelection([bucket(10, 50), bucket(1000, 50)])).toEqual({ minDurationMs: 1000 });
  expect(slowSelection([bucket(10, 999), bucket(1000, 1)])).toEqual({ minDurationMs: 1000 });
});

test('where all are alike none is slow', () => {
  expect(slowSelection([bucket(10, 90)])).toBeNull();
  expect(slowSelection([])).toBeNull();
});

test('in words', () => {
  expect(describeSelection({ failed: true })).toBe('those that failed');
  expect(describeSelection({ minDurationMs: 250, fromMs: 1, toMs: 2 })).toBe(
    'those that took 250 ms or more and began in the marked time',
  );
  expect(describeSelection({ minDurationMs: 20, maxDurationMs: 30 })).toBe('those that took 20 ms to 30 ms');
});
