import { z } from 'zod';
import { CircuitState } from '#server/circuits/schema.ts';
import type { Store } from '#server/store/client.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { IN_WINDOW, windowParams } from './span-conditions.ts';

const CircuitTransitionRow = z.object({
  tMs: z.number(),
  name: z.string(),
  reporter: z.string(),
  instance: z.string(),
  state: CircuitState,
  previousState: CircuitState.catch('closed'),
  reason: z.string(),
  failures: z.number(),
  calls: z.number(),
  threshold: z.number(),
  nextAttemptMs: z.number().transform((ms) => ms || null),
  traceIds: z.array(z.string()),
  source: z.enum(['push', 'poll']).catch('push'),
});

export interface CircuitTransitionsFilter {
  range: TimeRange;
  name?: string | undefined;
  reporter?: string | undefined;
  /** Into which; into any without. */
  states?: readonly CircuitState[] | undefined;
  limit: number;
}

/** Transitions in the window, newest first. */
export function readCircuitTransitions(
  store: Store,
  { range, name, reporter, states, limit }: CircuitTransitionsFilter,
) {
  return store.query({
    name: 'circuit-transitions',
    sql: `
      SELECT toUnixTimestamp64Milli(timestamp) AS tMs, name, service_name AS reporter, service_instance_id AS instance,
        state, previous_state AS previousState, reason, failures, calls, threshold,
        toUnixTimestamp64Milli(next_attempt) AS nextAttemptMs, arrayMap(id -> lower(hex(id)), trace_ids) AS traceIds, source
      FROM circuit_transitions
      WHERE ${IN_WINDOW} AND ({name:String} = '' OR name = {name:String})
        AND ({reporter:String} = '' OR service_name = {reporter:String})
        AND (empty({states:Array(String)}) OR state IN {states:Array(String)})
      ORDER BY timestamp DESC
      LIMIT {limit:UInt32}`,
    params: { ...windowParams(range), name: name ?? '', reporter: reporter ?? '', states: [...(states ?? [])], limit },
    row: CircuitTransitionRow,
  });
}
