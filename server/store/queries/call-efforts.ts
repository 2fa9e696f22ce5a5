import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { IN_WINDOW, IS_RETRY, windowParams } from './span-conditions.ts';

const CallEffort = z.object({
  caller: z.string(),
  callee: z.string(),
  /** Tries that were sent; what a breaker refused is none. */
  attempts: z.number(),
  retries: z.number(),
  /** Retries that were answered well. */
  healing: z.number(),
  refused: z.number(),
  /** Tries that ended without an answer, because the caller waited no longer or was gone itself. */
  givenUp: z.number(),
  /** Of those, how many the callee still worked on afterwards, and for how long in all. */
  wasted: z.number(),
  wastedMs: z.number(),
});
export type CallEffort = z.infer<typeof CallEffort>;

const EDGES_MAX = 500;
/** Clocks of two machines differ, and an end is written a moment after it: less is no work that went on. */
const TOLERANCE_MS = 50;

/**
 * How much work calls between services took beyond one try each. Given up: no status came back, and the span failed, or its breaker
 * heard no outcome because the client had left. A server may end its span when the connection goes and work on: what its span
 * began counts as well.
 */
export function readCallEfforts(store: Store, range: TimeRange): Promise<CallEffort[]> {
  return store.query({
    name: 'call-efforts',
    sql: `
      WITH calls AS (
        SELECT service_name AS caller, peer_service AS callee, trace_id, span_id, adjusted_count,
          toUnixTimestamp64Milli(timestamp) + duration_ns / 1e6 AS endMs,
          circuit_breaker_outcome = 'rejected' AS isRefused,
          ${IS_RETRY} AS isRetry,
          status_code <> 2 AND (http_response_status_code BETWEEN 1 AND 399 OR circuit_breaker_outcome = 'success') AS isWell,
          http_response_status_code = 0 AND circuit_breaker_outcome <> 'rejected' AND error_type <> 'connect'
            AND (status_code = 2 OR (circuit_breaker_name <> '' AND circuit_breaker_outcome = '')) AS isGivenUp
        FROM spans
        WHERE ${IN_WINDOW} AND kind = 3 AND peer_service <> '' AND db_system_name = '' AND messaging_system = ''
      ),
      given_up AS (SELECT caller, callee, trace_id, span_id, adjusted_count, endMs FROM calls WHERE isGivenUp),
      of_given_up AS (
        SELECT trace_id, span_id, parent_span_id, kind, toUnixTimestamp64Milli(timestamp) + duration_ns / 1e6 AS endMs
        FROM spans
        WHERE ${IN_WINDOW} AND trace_id IN (SELECT trace_id FROM given_up)
      ),
      ends AS (
        SELECT given_up.caller AS caller, given_up.callee AS callee, given_up.span_id AS call, any(given_up.adjusted_count) AS adjusted_count,
          greatest(max(served.endMs), max(step.endMs)) - any(given_up.endMs) AS lateMs
        FROM (SELECT * FROM of_given_up WHERE kind = 2) AS served
        INNER JOIN given_up ON served.trace_id = given_up.trace_id AND served.parent_span_id = given_up.span_id
        LEFT JOIN of_given_up AS step ON step.trace_id = served.trace_id AND step.parent_span_id = served.span_id
        GROUP BY caller, callee, call
      ),
      went_on AS (
        SELECT caller, callee, sum(adjusted_count) AS wasted, sum(lateMs * adjusted_count) AS wastedMs
        FROM ends
        WHERE lateMs > {tolerance:UInt32}
        GROUP BY caller, callee
      )
      SELECT made.caller AS caller, made.callee AS callee, attempts, retries, healing, refused, givenUp,
        went_on.wasted AS wasted, went_on.wastedMs AS wastedMs
      FROM (
        SELECT caller, callee, sumIf(adjusted_count, NOT isRefused) AS attempts, sumIf(adjusted_count, isRetry AND NOT isRefused) AS retries,
          sumIf(adjusted_count, isRetry AND isWell) AS healing, sumIf(adjusted_count, isRefused) AS refused,
          sumIf(adjusted_count, isGivenUp) AS givenUp
        FROM calls
        GROUP BY caller, callee
      ) AS made
      LEFT JOIN went_on ON made.caller = went_on.caller AND made.callee = went_on.callee
      ORDER BY attempts DESC, caller, callee
      LIMIT {limit:UInt32}`,
    params: { ...windowParams(range), tolerance: TOLERANCE_MS, limit: EDGES_MAX },
    row: CallEffort,
  });
}
