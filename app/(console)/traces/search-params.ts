// The server reads these too, which the client entry of the library does not allow.
import { parseAsFloat, parseAsNativeArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { OUTCOMES } from '#components/trace/trace-filters.ts';

/** What the address of the search for traces holds beside the shared time range. */
export const tracesParams = {
  service: parseAsString,
  operation: parseAsString,
  status: parseAsStringLiteral(['error', 'ok']),
  outcome: parseAsStringLiteral(OUTCOMES),
  min: parseAsFloat,
  max: parseAsFloat,
  attr: parseAsNativeArrayOf(parseAsString),
  sort: parseAsStringLiteral(['newest', 'slowest']).withDefault('newest'),
};

export const TRACE_TABS = ['spans', 'logs'] as const;

/** What the address of one trace holds. */
export const traceParams = {
  span: parseAsString,
  tab: parseAsStringLiteral(TRACE_TABS).withDefault('spans'),
};
