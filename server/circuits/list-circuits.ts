import type { Ctx } from '#server/context.ts';
import { GONE_AFTER_S } from '#server/store/queries/breaker-states.ts';
import { readCircuitCalls } from '#server/store/queries/circuit-calls.ts';
import { readCircuitInstances } from '#server/store/queries/circuit-instances.ts';
import { readServiceInstances } from '#server/store/queries/service-instances.ts';
import { assembleCircuits } from './assemble-circuits.ts';
import type { Circuit } from './schema.ts';

const CALLS_S = 60;

/** Every breaker that reports itself, the worst first. */
export async function listCircuits({ store, now }: Pick<Ctx, 'store' | 'now'>): Promise<Circuit[]> {
  const nowMs = now().getTime();
  const rows = await readCircuitInstances(store, nowMs);
  if (rows.length === 0) return [];
  const reporters = [...new Set(rows.map(({ reporter }) => reporter))];
  const [seen, calls] = await Promise.all([
    readServiceInstances(store, { fromMs: nowMs - GONE_AFTER_S * 1_000, toMs: nowMs }, reporters),
    readCircuitCalls(store, { fromMs: nowMs - CALLS_S * 1_000, toMs: nowMs }),
  ]);
  return assembleCircuits({ rows, seen, calls, callSeconds: CALLS_S, nowMs });
}
