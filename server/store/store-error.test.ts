import { ClickHouseError } from '@clickhouse/client';
import { describe, expect, test } from 'vitest';
import { AppError } from '#server/errors.ts';
import { isRetryable, toInsertError, toStoreError } from './store-error.ts';

const refusal = (type: string) => new ClickHouseError({ message: 'words of the store', code: '1', type });
const refused = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });

describe('a failed question or insert says what to do, and whether to try again', () => {
  test.each([
    ['TIMEOUT_EXCEEDED', 'TOO_LARGE', 'UNAVAILABLE'],
    ['MEMORY_LIMIT_EXCEEDED', 'TOO_LARGE', 'UNAVAILABLE'],
    ['TOO_MANY_ROWS_OR_BYTES', 'TOO_LARGE', 'INTERNAL'],
    ['TOO_MANY_PARTS', 'INTERNAL', 'UNAVAILABLE'],
    ['TOO_MANY_SIMULTANEOUS_QUERIES', 'TOO_MANY_REQUESTS', 'TOO_MANY_REQUESTS'],
    ['NOT_ENOUGH_SPACE', 'UNAVAILABLE', 'UNAVAILABLE'],
    ['UNKNOWN_TABLE', 'UNAVAILABLE', 'UNAVAILABLE'],
    ['SYNTAX_ERROR', 'INTERNAL', 'INTERNAL'],
    ['CANNOT_READ_ALL_DATA', 'INTERNAL', 'INTERNAL'],
  ])('%s: %s for a question, %s for an insert', (type, question, insert) => {
    expect(toStoreError(refusal(type), 'q').code).toBe(question);
    expect(toInsertError(refusal(type), 'i').code).toBe(insert);
    expect(isRetryable(toInsertError(refusal(type), 'i'))).toBe(insert !== 'INTERNAL');
  });

  test('a store that is away is retryable, and the message names what to look at', () => {
    const error = toStoreError(refused, 'services');
    expect(isRetryable(error)).toBe(true);
    expect(error.message).toContain('ECONNREFUSED');
    expect(error.message).toContain('CLICKHOUSE_URL');
    expect(error.message).toContain('services');
    expect(error.cause).toBe(refused);
  });

  test('an error that has its advice already keeps it', () => {
    const known = new AppError('FORBIDDEN', 'No');
    expect(toStoreError(known, 'q')).toBe(known);
    expect(isRetryable(known)).toBe(false);
    expect(isRetryable(new Error('x'))).toBe(false);
  });
});
