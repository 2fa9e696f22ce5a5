import { z } from 'zod';
import { CircuitState } from '#server/circuits/schema.ts';
import type { Store } from '#server/store/client.ts';

const CircuitInstanceRow = z.object({
  name: z.string(),
  reporter: z.string(),
  instance: z.string(),
  state: CircuitState,
  sinceMs: z.number(),
  reason: z.string(),
  failures: z.number(),
  calls: z.number(),
  threshold: z.number(),
  resetTimeoutMs: z.number(),
  halfOpenSuccessCount: z.number(),
  nextAttemptMs: z.number(),
});
export type CircuitInstanceRow = z.infer<typeof CircuitInstanceRow>;

const INSTANCES_MAX = 20_000;

/** The newest transition of each breaker of each instance before `atMs`, living or not. */
export function readCircuitInstances(store: Store, atMs: number): Promise<CircuitInstanceRow[]> {
  return store.query({
    name: 'circuit-instances',
    sql: `
      SELECT name, service_name AS reporter, service_instance_id AS instance, state,
        toUnixTimestamp64Milli(timestamp) AS sinceMs, reason, failures, calls, threshold,
        reset_timeout_ms AS resetTimeoutMs, half_open_success_count AS halfOpenSuccessCount,
        toUnixTimestamp64Milli(next_attempt) AS nextAttemptMs
      FROM circuit_transitions
      WHERE timestamp <= fromUnixTimestamp64Milli({at:Int64})
      ORDER BY timestamp DESC
      LIMIT 1 BY name, reporter, instance
      LIMIT {limit:UInt32}`,
    params: { at: atMs, limit: INSTANCES_MAX },
    row: CircuitInstanceRow,
  });
}
