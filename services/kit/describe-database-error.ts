import { isDatabaseAway } from './database-away.ts';
import type { Description } from './problem.ts';

/** SQLSTATEs that tell the caller something; the values that PostgreSQL names stay in the log. */
const BY_SQLSTATE: readonly [RegExp, Description][] = [
  [/^23505$/, { status: 409, code: 'CONFLICT', detail: 'There is one like it already.' }],
  [/^23503$/, { status: 409, code: 'CONFLICT', detail: 'What it refers to is not there, or is still referred to.' }],
  [/^(22...|2350[0-24]|23514)$/, { status: 422, code: 'UNPROCESSABLE', detail: 'The database takes no such value.' }],
  [/^40(001|P01)$/, { status: 503, code: 'UNAVAILABLE', detail: 'Others changed the same at once. Try again.' }],
  [/^(57014|55P03)$/, { status: 504, code: 'TIMEOUT', detail: 'The database did not answer in time. Try again.' }],
];

/** What an error of PostgreSQL means to a caller; undefined for one that is no such, or is a bug of ours. */
export function describeDatabaseError(error: unknown): Description | undefined {
  if (isDatabaseAway(error))
    return { status: 503, code: 'UNAVAILABLE', detail: 'The database cannot be reached. Try again in a moment.' };
  const { code, severity } = (error ?? {}) as { code?: unknown; severity?: unknown };
  // Only what PostgreSQL says has a severity: other codes may look alike.
  if (typeof code !== 'string' || severity === undefined) return undefined;
  return BY_SQLSTATE.find(([sqlstate]) => sqlstate.test(code))?.[1];
}
