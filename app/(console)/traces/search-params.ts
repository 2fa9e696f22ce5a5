// The server reads these too, which the client entry of the library does not allow.
import { parseAsFloat, parseAsNativeArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { SPAN_SETS } from '#components/trace/find-spans.ts';
import { GROUP_SORTS } from '#components/trace/group-spans.ts';
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
  /** Traces that are chosen to be compared. */
  pick: parseAsNativeArrayOf(parseAsString),
  /** Traces whose difference from the others is explained; see `writeSelection`. */
  about: parseAsString,
};

export const TRACE_TABS = ['spans', 'flame', 'table', 'logs'] as const;

/** What the address of one trace holds. */
export const traceParams = {
  span: parseAsString,
  tab: parseAsStringLiteral(TRACE_TABS).withDefault('spans'),
  find: parseAsString.withDefault(''),
  only: parseAsStringLiteral(SPAN_SETS).withDefault('all'),
  by: parseAsStringLiteral(GROUP_SORTS).withDefault('self'),
};

/** What the address of a comparison holds. */
export const compareParams = {
  a: parseAsString.withDefault(''),
  b: parseAsString.withDefault(''),
  only: parseAsStringLiteral(['all', 'changed']).withDefault('all'),
};
