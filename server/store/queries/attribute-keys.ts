import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';

const HOUR_S = 3_600;
const KEYS_MAX = 1_000;

const AttributeKey = z.object({ key: z.string(), spans: z.number() });
export type AttributeKey = z.infer<typeof AttributeKey>;

/**
 * Names of attributes of spans and of their resources, those on most spans first; of one service when it is named. `spans` are
 * those of every hour that the range touches.
 */
export function readAttributeKeys(store: Store, range: TimeRange, service = ''): Promise<AttributeKey[]> {
  return store.query({
    name: 'attribute-keys',
    sql: `
      SELECT key, sum(counted.spans) AS spans
      FROM attribute_keys_1h AS counted
      WHERE slot >= toDateTime({from:UInt32}) AND slot < toDateTime({to:UInt32})
        AND ({service:String} = '' OR service_name = {service:String})
      GROUP BY key
      ORDER BY spans DESC, key
      LIMIT {limit:UInt32}`,
    params: {
      from: Math.floor(range.fromMs / 1000 / HOUR_S) * HOUR_S,
      to: Math.ceil(range.toMs / 1000),
      service,
      limit: KEYS_MAX,
    },
    row: AttributeKey,
  });
}
