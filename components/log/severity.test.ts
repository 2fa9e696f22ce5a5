import { expect, test } from 'vitest';
import { severityOf } from './severity.ts';

test.each([
  [1, '', 'trace', 'neutral'],
  [9, 'INFO', 'info', 'neutral'],
  [12, 'NOTICE', 'info', 'neutral'],
  [13, '', 'warn', 'warn'],
  [17, 'oops', 'error', 'critical'],
  [24, '', 'fatal', 'critical'],
  [0, 'WARN', 'warn', 'warn'],
  [0, '', 'none', 'neutral'],
  [99, 'Error', 'error', 'critical'],
])('%d %j is %s', (number, text, word, tone) => {
  expect(severityOf(number, text)).toEqual({ word, tone });
});
