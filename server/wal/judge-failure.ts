import { ClickHouseError } from '@clickhouse/client';
import { AppError } from '#server/errors.ts';
import { isRetryable } from '#server/store/store-error.ts';

/**
 * `away`: the store takes nothing now. `later`: it did not take this segment, for a reason that may pass.
 * `refused`: these rows will never be taken.
 */
export type Verdict = 'away' | 'later' | 'refused';

/** What a failed insert means for its segment. Only what ClickHouse says of the data itself condemns a segment. */
export function judgeFailure(error: unknown): Verdict {
  if (isRetryable(error)) return 'away';
  const cause = error instanceof AppError ? error.cause : error;
  return cause instanceof ClickHouseError && BAD_DATA.has(Number(cause.code)) ? 'refused' : 'later';
}

const BAD_DATA = new Set([
  6, // CANNOT_PARSE_TEXT
  26, // CANNOT_PARSE_QUOTED_STRING
  27, // CANNOT_PARSE_INPUT_ASSERTION_FAILED
  32, // ATTEMPT_TO_READ_AFTER_EOF
  33, // CANNOT_READ_ALL_DATA
  38, // CANNOT_PARSE_DATE
  41, // CANNOT_PARSE_DATETIME
  53, // TYPE_MISMATCH
  69, // ARGUMENT_OUT_OF_BOUND
  70, // CANNOT_CONVERT_TYPE
  72, // CANNOT_PARSE_NUMBER
  117, // INCORRECT_DATA
  128, // TOO_LARGE_ARRAY_SIZE
  131, // TOO_LARGE_STRING_SIZE
  321, // VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
]);
