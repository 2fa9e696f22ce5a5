import { expect, test } from 'vitest';
import { formatNumber } from './any-number.ts';

test.each([
  [null, '–'],
  [0, '0'],
  [0.05, '0.05'],
  [-1500, '-1.5 k'],
  [0.0000012, '1.2e-6'],
  [-0.00001, '-1e-5'],
  [3.4e9, '3.4 G'],
])('%s reads %s', (value, text) => expect(formatNumber(value)).toBe(text));
