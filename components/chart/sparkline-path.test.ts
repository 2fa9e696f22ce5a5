import { expect, test } from 'vitest';
import { sparklinePath } from './sparkline-path.ts';

test('runs from zero at the bottom to its maximum at the top', () => {
  expect(sparklinePath([0, 5, 10], 80, 20).line).toBe('M0 19L40 10L80 1');
});

test('is broken where nothing was measured', () => {
  expect(sparklinePath([1, null, 1, 1], 90, 20).line).toBe('M0 1h.01M60 1L90 1');
});

test('only zeros lie on the ground, nothing draws nothing', () => {
  expect(sparklinePath([0, 0], 80, 20).line).toBe('M0 19L80 19');
  expect(sparklinePath([], 80, 20)).toEqual({ line: '', area: '' });
});
