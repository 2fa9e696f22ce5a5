import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { Numbers } from './numbers.ts';
import { IN_WINDOW, IS_RETRY, windowParams } from './span-conditions.ts';

/** In the order of the codes of the query. */
export const CALL_OUTCOMES = ['success', 'failure', 'connect', 'timeout', 'rejected', 'left', 'unsent'] as const;

const RecordedCalls = z.object({
  /** The instance of the breaker's owner. */
  instance: z.string(),
  /** Side by side, a call each. */
  startsUs: Numbers,
  durationsUs: Numbers,
  outcomes: Numbers,
  callees: Numbers,
  retries: Numbers,
  sampled: z.number(),
});
export type RecordedCalls = z.infer<typeof RecordedCalls>;

/**
 * The newest calls through a breaker, as columns, for they are many. `startsUs` count from the start of the window; callees are told
 * apart by a number; `sampled` counts those whose trace says that others were left out.
 */
export function readRecordedCalls(
  store: Store,
  { range, reporter, name, callsMax }: { range: TimeRange; reporter: string; name: string; callsMax: number },
): Promise<RecordedCalls[]> {
  return store.query({
    name: 'recorded-calls',
    sql: `
      SELECT instance, groupArray(start) AS startsUs, groupArray(duration) AS durationsUs, groupArray(outcome) AS outcomes,
        groupArray(callee) AS callees, groupArray(retry) AS retries, sum(isSampled) AS sampled
      FROM (
        SELECT service_instance_id AS instance, toUnixTimestamp64Micro(timestamp) - {from:Int64} * 1000 AS start,
          intDiv(duration_ns, 1000) AS duration,
          multiIf(circuit_breaker_outcome = 'success', 0, circuit_breaker_outcome = 'timeout', 3,
            circuit_breaker_outcome = 'rejected', 4, circuit_breaker_outcome <> '', if(error_type = 'connect', 2, 1),
            error_type = 'connect', 6, 5) AS outcome,
          if(server_address = '', 0, 1 + cityHash64(server_address, attributes['server.port']) % 65535) AS callee,
          ${IS_RETRY} AS retry,
          adjusted_count > 1 AS isSampled
        FROM spans
        WHERE ${IN_WINDOW} AND service_name = {reporter:String} AND circuit_breaker_name = {name:String} AND kind <> 2
        ORDER BY timestamp DESC
        LIMIT {limit:UInt32}
      )
      GROUP BY instance
      ORDER BY instance`,
    params: { ...windowParams(range), reporter, name, limit: callsMax },
    row: RecordedCalls,
  });
}
