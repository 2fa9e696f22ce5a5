import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import { IN_WINDOW } from './span-conditions.ts';
import { matchingTraces, type TraceFilter } from './trace-filter.ts';

/** Of each of the two sets so many traces are looked at, chosen by the hash of their ids: a fair draw, and the same each time. */
export const TRACES_MAX = 500;
/** Of one trace; more tell nothing that these do not. */
const SPANS_MAX = 300;
/** Longer values are texts, not groups. */
const VALUE_CHARS_MAX = 200;
const ROWS_MAX = 300;

/** Which of the matching traces are meant; the rest are what they are held against. */
export interface TraceSelection {
  fromMs?: number | undefined;
  toMs?: number | undefined;
  minDurationMs?: number | undefined;
  maxDurationMs?: number | undefined;
  failed: boolean;
}

const TraceDifferenceRow = z.object({
  /** `trace` counts the traces themselves. */
  field: z.enum(['trace', 'service', 'operation', 'status', 'attribute']),
  key: z.string(),
  value: z.string(),
  selected: z.number(),
  others: z.number(),
});
export type TraceDifferenceRow = z.infer<typeof TraceDifferenceRow>;

/**
 * In how many of the selected traces, and in how many of the others, a value occurs on any span; where the shares differ most
 * comes first, after the row that counts both sets. What only one trace has, an id, says nothing about a set and is left out.
 */
export function readTraceDifferences(
  store: Store,
  filter: TraceFilter,
  selection: TraceSelection,
): Promise<TraceDifferenceRow[]> {
  const { sql, params } = matchingTraces(filter);
  return store.query({
    name: 'trace-differences',
    sql: `
      WITH chosen_traces AS (
        SELECT trace_id,
          start_ns >= {selFrom:Float64} AND start_ns < {selTo:Float64} AND trace_ns >= {selMin:Float64}
            AND trace_ns <= {selMax:Float64} AND ({selFailed:UInt8} = 0 OR errors > 0) AS chosen
        FROM (${sql})
        ORDER BY cityHash64(trace_id)
        LIMIT {traces:UInt32} BY chosen),
      facts AS (
        SELECT DISTINCT trace_id, chosen, fact
        FROM (
          SELECT trace_id, chosen, service_name, name, status_code, attributes, resource_attributes
          FROM spans INNER JOIN chosen_traces USING (trace_id)
          WHERE ${IN_WINDOW}
          LIMIT {spans:UInt32} BY trace_id)
        ARRAY JOIN arrayConcat(
          [('trace', '', ''), ('service', '', toString(service_name)), ('operation', toString(service_name), toString(name))],
          if(status_code = 2, [('status', toString(service_name), 'error')], []),
          arrayMap((key, value) -> ('attribute', toString(key), toString(value)), mapKeys(attributes), mapValues(attributes)),
          arrayMap((key, value) -> ('attribute', toString(key), toString(value)),
            mapKeys(resource_attributes), mapValues(resource_attributes))) AS fact
        WHERE length(fact.3) <= {chars:UInt32})
      SELECT field, key, value, selected, others
      FROM (
        SELECT fact.1 AS field, fact.2 AS key, fact.3 AS value, countIf(chosen) AS selected, countIf(NOT chosen) AS others,
          maxIf(selected, field = 'trace') OVER () AS all_selected, maxIf(others, field = 'trace') OVER () AS all_others
        FROM facts
        GROUP BY field, key, value)
      WHERE field = 'trace' OR selected + others > 1
      ORDER BY field = 'trace' DESC, abs(selected / greatest(all_selected, 1) - others / greatest(all_others, 1)) DESC, field DESC, key, value
      LIMIT {limit:UInt32}`,
    params: {
      ...params,
      selFrom: (selection.fromMs ?? 0) * 1e6,
      selTo: (selection.toMs ?? Number.MAX_SAFE_INTEGER) * 1e6,
      selMin: (selection.minDurationMs ?? 0) * 1e6,
      selMax: (selection.maxDurationMs ?? Number.MAX_SAFE_INTEGER) * 1e6,
      selFailed: selection.failed ? 1 : 0,
      traces: TRACES_MAX,
      spans: SPANS_MAX,
      chars: VALUE_CHARS_MAX,
      limit: ROWS_MAX,
    },
    row: TraceDifferenceRow,
  });
}
