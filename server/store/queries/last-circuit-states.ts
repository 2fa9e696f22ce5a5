import { z } from 'zod';
import { CircuitState } from '#server/circuits/schema.ts';
import type { Store } from '#server/store/client.ts';

const LastCircuitState = z.object({
  name: z.string(),
  service: z.string(),
  instance: z.string(),
  state: CircuitState,
  atMs: z.number(),
});
export type LastCircuitState = z.infer<typeof LastCircuitState>;

const CIRCUITS_MAX = 100_000;

/** The last state of every breaker of every instance, living or not. */
export function readLastCircuitStates(store: Store): Promise<LastCircuitState[]> {
  return store.query({
    name: 'last-circuit-states',
    sql: `
      SELECT name, service_name AS service, service_instance_id AS instance,
        argMax(state, timestamp) AS state, toUnixTimestamp64Milli(max(timestamp)) AS atMs
      FROM circuit_transitions
      GROUP BY name, service, instance
      LIMIT {limit:UInt32}`,
    params: { limit: CIRCUITS_MAX },
    row: LastCircuitState,
  });
}
