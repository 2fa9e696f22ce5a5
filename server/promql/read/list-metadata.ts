import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import { listedSince } from './time-bounds.ts';
import { toPromqlError } from './to-promql-error.ts';

const MetadataRow = z.object({ metric: z.string(), type: z.string(), help: z.string(), unit: z.string() });
export type MetadataRow = z.infer<typeof MetadataRow>;

const METADATA_MAX = 100_000;

/** Every type, help and unit under which a metric is known; of one metric, or of all. */
export async function listMetadata(store: Store, nowMs: number, metric: string | undefined): Promise<MetadataRow[]> {
  try {
    return await store.query({
      name: 'promql-metadata',
      sql: `
        SELECT DISTINCT toString(metric_name) AS metric, toString(type) AS type, help, toString(unit) AS unit
        FROM series
        WHERE last_seen >= fromUnixTimestamp64Milli({seen:Int64}, 'UTC') AND type != ''
          ${metric === undefined ? '' : 'AND metric_name = {metric:String}'}
        ORDER BY metric, type, help, unit`,
      params: { seen: listedSince(nowMs - RECENT_MS), ...(metric === undefined ? {} : { metric }) },
      row: MetadataRow,
      limitRows: METADATA_MAX,
    });
  } catch (cause) {
    throw toPromqlError(cause);
  }
}

/** Prometheus knows the metadata of living targets only. */
const RECENT_MS = 86_400_000;
