import { expect, test } from 'vitest';
import { lanes } from './threads.ts';

test.each([
  [16, 8, 4],
  [8, 4, 2],
  [4, 2, 1],
  [1, 1, 1],
])('%i threads run %i questions and %i inserts', (threads, reads, writes) => {
  expect(lanes(threads)).toEqual({ reads, writes });
});
