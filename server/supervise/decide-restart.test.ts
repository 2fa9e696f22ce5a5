import { expect, it } from 'vitest';
import { decideRestart } from './decide-restart.ts';

it.each([
  { previous: 0, ranMs: 50, expected: { attempt: 1, delayMs: 200 } },
  { previous: 1, ranMs: 50, expected: { attempt: 2, delayMs: 400 } },
  { previous: 5, ranMs: 50, expected: { attempt: 6, delayMs: 6_400 } },
  { previous: 20, ranMs: 50, expected: { attempt: 21, delayMs: 10_000 } },
  { previous: 20, ranMs: 30_000, expected: { attempt: 1, delayMs: 200 } },
])('after $previous deaths and $ranMs ms of life waits $expected.delayMs ms', ({ previous, ranMs, expected }) => {
  expect(decideRestart(previous, ranMs)).toEqual(expected);
});
