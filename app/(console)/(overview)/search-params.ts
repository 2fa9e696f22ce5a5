import { parseAsString, parseAsStringLiteral } from 'nuqs';

/** What the overview's address holds. */
export const overviewParams = {
  view: parseAsStringLiteral(['diagram', 'table']).withDefault('diagram'),
  /** "gateway~payments": the breaker whose sheet is open. */
  breaker: parseAsString,
};
