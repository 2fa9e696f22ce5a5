import { expect, it } from 'vitest';
import { shouldRunAtStart } from './run-at-start.ts';

const at = (time: string) => new Date(`2026-05-01T${time}Z`);

it.each([
  ['never ran', null, true],
  ['failed last', { startedAt: at('11:59:59'), status: 'failed' }, true],
  ['ran in this turn', { startedAt: at('11:55:10'), status: 'passed' }, false],
  ['violated in this turn', { startedAt: at('11:55:10'), status: 'violated' }, false],
  ['missed a turn', { startedAt: at('11:54:59'), status: 'passed' }, true],
])('a check that %s: %s', (_, last, expected) => {
  expect(shouldRunAtStart(last, '*/5 * * * *', at('11:59:59'))).toBe(expected);
});
