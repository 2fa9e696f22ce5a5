// The server reads these too, which the client entry of the library does not allow.
import { parseAsNativeArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';

/** What the address of the dead letters holds. */
export const deadLettersParams = {
  service: parseAsString,
  status: parseAsStringLiteral(['open', 'redriven', 'discarded']).withDefault('open'),
  /** The unfolded groups. */
  kind: parseAsNativeArrayOf(parseAsString),
  /** The open letter: `<service>~<event>`. */
  letter: parseAsString,
};
