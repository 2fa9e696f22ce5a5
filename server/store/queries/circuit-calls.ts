import { z } from 'zod';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { IN_WINDOW, windowParams } from './span-conditions.ts';

const CircuitCalls = z.object({
  reporter: z.string(),
  name: z.string(),
  calls: z.number(),
  failed: z.number(),
  rejected: z.number(),
});
export type CircuitCalls = z.infer<typeof CircuitCalls>;

const BREAKERS_MAX = 10_000;

/** Calls that met a breaker. Server spans repeat what the call's own span says, so they are left out. */
export function readCircuitCalls(store: Store, range: TimeRange): Promise<CircuitCalls[]> {
  return store.query({
    name: 'circuit-calls',
    sql: `
      SELECT service_name AS reporter, circuit_breaker_name AS name, sum(adjusted_count) AS calls,
        sumIf(adjusted_count, circuit_breaker_outcome IN ('failure', 'timeout', 'fallback')) AS failed,
        sumIf(adjusted_count, circuit_breaker_outcome = 'rejected') AS rejected
      FROM spans
      WHERE ${IN_WINDOW} AND circuit_breaker_name <> '' AND kind <> 2
      GROUP BY reporter, name
      LIMIT {limit:UInt32}`,
    params: { ...windowParams(range), limit: BREAKERS_MAX },
    row: CircuitCalls,
  });
}
