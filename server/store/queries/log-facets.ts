import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import { LOG_LEVEL, logCondition, type LogFilter } from './log-filter.ts';

const VALUES_MAX = 6;

const LogFacetRow = z.object({ field: z.string(), value: z.string(), count: z.number() });
export type LogFacetRow = z.infer<typeof LogFacetRow>;

/** The most frequent values of `service`, `severity`, `event` and the named attributes among all matching lines. */
export function readLogFacets(store: Store, filter: LogFilter, attributes: readonly string[]): Promise<LogFacetRow[]> {
  const { condition, params } = logCondition(filter);
  return store.query({
    name: 'log-facets',
    sql: `
      SELECT pair.1 AS field, pair.2 AS value, count() AS count
      FROM (
        SELECT arrayJoin(arrayFilter(each -> each.2 <> '', arrayConcat(
          [('service', toString(service_name)), ('severity', ${LOG_LEVEL}), ('event', toString(event_name))],
          arrayMap(name -> (name, attributes[name]), {attributes:Array(String)})))) AS pair
        FROM logs
        WHERE ${condition})
      GROUP BY field, value
      ORDER BY field, count DESC, value
      LIMIT {limit:UInt32} BY field`,
    params: { ...params, attributes, limit: VALUES_MAX },
    row: LogFacetRow,
  });
}
