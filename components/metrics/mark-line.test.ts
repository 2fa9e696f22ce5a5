import { expect, test } from 'vitest';
import { markLine } from './mark-line.ts';

test.each([
  ['sum(up', 6, 6, ['sum(up', ' ', '']],
  ['sum(up))', 7, 8, ['sum(up)', ')', '']],
  ['a +\n  b ! c\n+ d', 8, 9, ['  b ', '!', ' c']],
  ['a\nb', 0, 3, ['', 'a', '']],
  ['', 0, 0, ['', ' ', '']],
])('%j from %d to %d', (text, start, end, [before, marked, after]) => {
  expect(markLine(text, { start, end })).toEqual({ before, marked, after });
});
