import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { searchBack } from './search-back.ts';
import { IN_WINDOW, windowParams } from './span-conditions.ts';

/** Enough spans to meet every key that is in use, few enough to cost nothing. */
const SAMPLE_SPANS = 50_000;
const KEYS_MAX = 300;

const AttributeKey = z.object({ key: z.string(), spans: z.number() });
export type AttributeKey = z.infer<typeof AttributeKey>;

/** Names of attributes of spans and of their resources, those on most spans first; of one service when it is named. */
export function readAttributeKeys(store: Store, range: TimeRange, service = ''): Promise<AttributeKey[]> {
  return searchBack(range, 1, (stretch) =>
    store.query({
      name: 'attribute-keys',
      sql: `
        SELECT key, count() AS spans
        FROM (
          SELECT arrayConcat(mapKeys(attributes), mapKeys(resource_attributes)) AS keys
          FROM spans
          WHERE ${IN_WINDOW} AND ({service:String} = '' OR service_name = {service:String})
          LIMIT {sample:UInt32})
        ARRAY JOIN keys AS key
        GROUP BY key
        ORDER BY spans DESC, key
        LIMIT {limit:UInt32}`,
      params: { ...windowParams(stretch), service, sample: SAMPLE_SPANS, limit: KEYS_MAX },
      row: AttributeKey,
    }),
  );
}
