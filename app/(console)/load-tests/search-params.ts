import { parseAsString, parseAsStringLiteral } from 'nuqs';

/** What the address of the load tests page holds. */
export const loadTestsParams = {
  show: parseAsStringLiteral(['tests', 'drills']).withDefault('tests'),
  /** The test that is shown; the newest without it. */
  test: parseAsString,
  /** The test that it is held against. */
  with: parseAsString,
  drill: parseAsString,
};
