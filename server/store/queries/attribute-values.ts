import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { searchBack } from './search-back.ts';
import { IN_WINDOW, windowParams } from './span-conditions.ts';

/** Spans with the key that are looked at. */
const SAMPLE_SPANS = 100_000;
const VALUES_MAX = 50;
/** Nobody chooses from texts. */
const VALUE_CHARS_MAX = 200;

const AttributeValue = z.object({ value: z.string(), spans: z.number() });
export type AttributeValue = z.infer<typeof AttributeValue>;

export interface AttributeValueFilter {
  range: TimeRange;
  service?: string | undefined;
  key: string;
  /** Part of the value, in any case. */
  contains: string;
}

/** Values of an attribute, the most frequent first. */
export function readAttributeValues(store: Store, filter: AttributeValueFilter): Promise<AttributeValue[]> {
  const { range, service = '', key, contains } = filter;
  return searchBack(range, 1, (stretch) =>
    store.query({
      name: 'attribute-values',
      sql: `
        SELECT value, count() AS spans
        FROM (
          SELECT if(mapContains(attributes, {key:String}), attributes[{key:String}], resource_attributes[{key:String}]) AS value
          FROM spans
          WHERE ${IN_WINDOW} AND ({service:String} = '' OR service_name = {service:String})
            AND (mapContains(attributes, {key:String}) OR mapContains(resource_attributes, {key:String}))
          LIMIT {sample:UInt32})
        WHERE length(value) <= {chars:UInt32} AND positionCaseInsensitiveUTF8(toString(value), {contains:String}) > 0
        GROUP BY value
        ORDER BY spans DESC, value
        LIMIT {limit:UInt32}`,
      params: {
        ...windowParams(stretch),
        service,
        key,
        contains,
        sample: SAMPLE_SPANS,
        chars: VALUE_CHARS_MAX,
        limit: VALUES_MAX,
      },
      row: AttributeValue,
    }),
  );
}
