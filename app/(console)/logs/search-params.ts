// The server reads these too, which the client entry of the library does not allow.
import { parseAsNativeArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { LEVEL_NAMES } from '#components/log/log-filters.ts';

/** What the address of the search for lines holds beside the shared time range. */
export const logsParams = {
  q: parseAsString,
  service: parseAsString,
  level: parseAsStringLiteral(LEVEL_NAMES),
  trace: parseAsString,
  field: parseAsNativeArrayOf(parseAsString),
  /** The open line. */
  line: parseAsString,
};
