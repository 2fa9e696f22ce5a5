import { z } from 'zod';
import type { Store } from '#server/store/client.ts';

const BreakerState = z.object({ name: z.string(), service: z.string(), instance: z.string(), state: z.string() });
export type BreakerState = z.infer<typeof BreakerState>;

/** An instance is gone when it has been silent this long while others of its service speak: its last state is nobody's any more. */
export const GONE_AFTER_S = 300;
const BREAKERS_MAX = 10_000;

/** The state that each breaker of each living instance had at `atMs`. */
export function readBreakerStates(store: Store, atMs: number): Promise<BreakerState[]> {
  return store.query({
    name: 'breaker-states',
    sql: `
      WITH fromUnixTimestamp64Milli({at:Int64}) AS at_time,
        latest AS (
          SELECT name, service_name, service_instance_id, argMax(state, timestamp) AS last_state
          FROM circuit_transitions
          WHERE timestamp <= at_time
          GROUP BY name, service_name, service_instance_id
        ),
        alive AS (
          SELECT service_name, service_instance_id
          FROM spans
          WHERE timestamp > at_time - INTERVAL {gone:UInt32} SECOND AND timestamp <= at_time
            AND service_name IN (SELECT service_name FROM latest WHERE last_state <> 'closed')
          GROUP BY service_name, service_instance_id
        )
      SELECT name, service_name AS service, service_instance_id AS instance, last_state AS state
      FROM latest
      WHERE last_state = 'closed'
        OR (service_name, service_instance_id) IN (SELECT service_name, service_instance_id FROM alive)
        OR service_name NOT IN (SELECT service_name FROM alive)
      ORDER BY service, name, instance
      LIMIT {limit:UInt32}`,
    params: { at: atMs, gone: GONE_AFTER_S, limit: BREAKERS_MAX },
    row: BreakerState,
  });
}
