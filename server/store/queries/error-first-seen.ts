import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { errorOccurrences } from './error-occurrences.ts';

const FirstSeenRow = z.object({ fingerprint: z.string(), firstMs: z.number() });
export type FirstSeenRow = z.infer<typeof FirstSeenRow>;

/** When these kinds of failure were first seen within the range; those that were not are left out. */
export function readErrorFirstSeen(
  store: Store,
  range: TimeRange,
  fingerprints: readonly string[],
  services: readonly string[],
): Promise<FirstSeenRow[]> {
  const { sql, params } = errorOccurrences(range, services);
  return store.query({
    name: 'error-first-seen',
    sql: `
      SELECT fingerprint, min(toUnixTimestamp64Milli(timestamp)) AS firstMs
      FROM (${sql}) AS occurrences
      WHERE fingerprint IN {fingerprints:Array(String)}
      GROUP BY fingerprint
      ORDER BY fingerprint`,
    params: { ...params, fingerprints },
    row: FirstSeenRow,
  });
}
