import { z } from 'zod';
import { CircuitState } from '#server/circuits/schema.ts';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { IN_WINDOW, windowParams } from './span-conditions.ts';

const ShadowTransition = z.object({
  tMs: z.number(),
  instance: z.string(),
  state: CircuitState.catch('closed'),
  previousState: CircuitState.catch('closed'),
  reason: z.string(),
});

/** What the settings that decide beside a breaker would have made of it, newest first: events, and no transitions of the breaker. */
export function readShadowTransitions(
  store: Store,
  { range, reporter, name, limit }: { range: TimeRange; reporter: string; name: string; limit: number },
) {
  return store.query({
    name: 'shadow-transitions',
    sql: `
      SELECT toUnixTimestamp64Milli(timestamp) AS tMs, service_instance_id AS instance,
        attributes['circuit_breaker.state'] AS state, attributes['circuit_breaker.previous_state'] AS previousState,
        attributes['circuit_breaker.reason'] AS reason
      FROM logs
      WHERE ${IN_WINDOW} AND service_name = {reporter:String} AND event_name = 'switchyard.circuit.shadow_transition'
        AND attributes['circuit_breaker.name'] = {name:String}
      ORDER BY timestamp DESC
      LIMIT {limit:UInt32}`,
    params: { ...windowParams(range), reporter, name, limit },
    row: ShadowTransition,
  });
}
