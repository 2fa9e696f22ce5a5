// The server reads these too, which the client entry of the library does not allow.
import { parseAsString, parseAsStringLiteral } from 'nuqs/server';

/** What the address of the errors holds beside the shared time range. */
export const errorsParams = {
  q: parseAsString,
  service: parseAsString,
  source: parseAsStringLiteral(['span', 'log']),
  show: parseAsStringLiteral(['all', 'new']).withDefault('all'),
  sort: parseAsStringLiteral(['count', 'last', 'first']).withDefault('count'),
  /** The fingerprint of the open group. */
  group: parseAsString,
};
