import { expect, test } from 'vitest';
import { EngineError, refusal, toEngineError } from './engine-error.ts';

test.each([
  ['Query failed: Code: 60. DB::Exception: No table. (UNKNOWN_TABLE)', 60, 404],
  ['Code: 241. DB::Exception: Memory limit\nexceeded. (MEMORY_LIMIT_EXCEEDED)\n', 241, 500],
  ['Code: 159. DB::Exception: Timeout. (TIMEOUT_EXCEEDED)', 159, 408],
  ['something else', 1002, 500],
])('%j has code %i and status %i', (message, code, status) => {
  const error = toEngineError(new Error(message));
  expect(error).toMatchObject({ code, status });
  expect(error.message).toMatch(new RegExp(`^Code: ${code}\\. DB::Exception: .*\\([A-Z_]+\\)$`, 's'));
});

test('a refusal passes through, and a full disk is told as ClickHouse tells it', () => {
  const refused = refusal(497, 'ACCESS_DENIED', 'No');
  expect(toEngineError(refused)).toBe(refused);
  expect(refused).toBeInstanceOf(EngineError);
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  expect(toEngineError(full)).toMatchObject({ code: 243, message: expect.stringContaining('(NOT_ENOUGH_SPACE)') });
});
