// The server reads these too, which the client entry of the library does not allow.
import { parseAsString, parseAsStringLiteral } from 'nuqs/server';

/** What the address of the map holds beside the shared time range. */
export const mapParams = {
  /** Only this one and its neighbours. */
  service: parseAsString,
  view: parseAsStringLiteral(['diagram', 'table']).withDefault('diagram'),
};
