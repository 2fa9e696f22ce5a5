// The server reads these too, which the client entry of the library does not allow.
import { parseAsArrayOf, parseAsInteger, parseAsNativeArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { SHOWS } from '#components/metrics/metric-queries.ts';

/** What the address of the metrics page holds beside the shared time range. */
export const metricsParams = {
  q: parseAsNativeArrayOf(parseAsString),
  show: parseAsArrayOf(parseAsStringLiteral(SHOWS)).withDefault([]),
  hide: parseAsNativeArrayOf(parseAsString),
  exemplars: parseAsArrayOf(parseAsInteger).withDefault([]),
};
