import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { windowParams } from './span-conditions.ts';

const VersionAppearance = z.object({
  service: z.string(),
  version: z.string(),
  atMs: z.number(),
  /** When it had been seen last before; null when never in the window. */
  lastSeenMs: z.number().transform((ms) => ms || null),
});
export type VersionAppearance = z.infer<typeof VersionAppearance>;

/** Shorter silences of a version are quiet moments. */
const ABSENT_MS = 10 * 60_000;
const APPEARANCES_MAX = 2_000;

interface AppearancesFilter {
  range: TimeRange;
  /** Of this service only. */
  service?: string | undefined;
  /** Told of even when they had one version only. */
  always: readonly string[];
}

/** When versions of services came up, the oldest first: for the first time in the window, or after they were away. Only services with several. */
export async function readVersionAppearances(
  store: Store,
  { range, service, always }: AppearancesFilter,
): Promise<VersionAppearance[]> {
  const rows = await store.query({
    name: 'version-appearances',
    sql: `
      WITH slots AS (
        SELECT service_name, service_version, slot, toUnixTimestamp64Milli(min(first_seen)) AS firstMs,
          toUnixTimestamp64Milli(max(last_seen)) AS lastMs
        FROM versions_5m
        WHERE slot >= toStartOfInterval(toDateTime(intDiv({from:Int64}, 1000)), INTERVAL 5 MINUTE)
          AND slot < toDateTime(intDiv({to:Int64}, 1000)) AND ({service:String} = '' OR service_name = {service:String})
        GROUP BY service_name, service_version, slot
      ), several AS (
        SELECT service_name FROM slots GROUP BY service_name HAVING uniqExact(service_version) > 1 OR service_name IN {always:Array(String)}
      )
      SELECT service_name AS service, service_version AS version, firstMs AS atMs, lastSeenMs
      FROM (
        SELECT service_name, service_version, firstMs,
          lagInFrame(lastMs, 1, toInt64(0)) OVER (PARTITION BY service_name, service_version ORDER BY slot) AS lastSeenMs
        FROM slots
        WHERE service_name IN (SELECT service_name FROM several)
      )
      WHERE lastSeenMs = 0 OR firstMs - lastSeenMs >= {absent:Int64}
      ORDER BY atMs DESC, service, version
      LIMIT {limit:UInt32}`,
    params: { ...windowParams(range), service: service ?? '', always, absent: ABSENT_MS, limit: APPEARANCES_MAX },
    row: VersionAppearance,
  });
  return rows.toReversed();
}
