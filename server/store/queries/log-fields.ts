import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import { logCondition, type LogFilter } from './log-filter.ts';

/** Enough lines to meet every field that is frequent, few enough to cost nothing. */
const SAMPLE_LINES = 2_000;
const FIELDS_MAX = 12;
/** A field with more values than this tells lines apart; it does not sort them. */
const VALUES_MAX = 50;

/** Nobody chooses from texts. */
const VALUE_CHARS_MAX = 160;

/** Attributes of the matching lines that have few values, each on many lines, the most frequent first; none that bears the name of a column's facet. */
export async function readLogFields(store: Store, filter: LogFilter): Promise<string[]> {
  const { condition, params } = logCondition(filter);
  const rows = await store.query({
    name: 'log-fields',
    sql: `
      SELECT field
      FROM (SELECT attributes FROM logs WHERE ${condition} LIMIT {sample:UInt32})
      ARRAY JOIN mapKeys(attributes) AS field, mapValues(attributes) AS value
      WHERE field NOT IN ('service', 'severity', 'event')
      GROUP BY field
      HAVING uniqExact(value) <= {values:UInt32} AND (uniqExact(value) <= 3 OR uniqExact(value) * 8 <= count()) AND max(length(value)) <= {chars:UInt32}
      ORDER BY count() DESC, field
      LIMIT {limit:UInt32}`,
    params: { ...params, sample: SAMPLE_LINES, values: VALUES_MAX, chars: VALUE_CHARS_MAX, limit: FIELDS_MAX },
    row: z.object({ field: z.string() }),
  });
  return rows.map(({ field }) => field);
}
