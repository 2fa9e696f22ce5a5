import type { Ctx } from '#server/context.ts';
import { GONE_AFTER_S } from '#server/store/queries/breaker-states.ts';
import { readCircuitCalls } from '#server/store/queries/circuit-calls.ts';
import { readCircuitInstances } from '#server/store/queries/circuit-instances.ts';
import { readServiceInstances } from '#server/store/queries/service-instances.ts';
import { assembleCircuits } from './assemble-circuits.ts';
import type { Circuit, CircuitInstance } from './schema.ts';

const CALLS_S = 60;

type ListContext = Pick<Ctx, 'store' | 'now'> & Partial<Pick<Ctx, 'gateways'>>;

/** Every breaker that reports itself, the worst first. */
export async function listCircuits({ store, now, gateways }: ListContext): Promise<Circuit[]> {
  const nowMs = now().getTime();
  const rows = await readCircuitInstances(store, nowMs);
  if (rows.length === 0) return [];
  const reporters = [...new Set(rows.map(({ reporter }) => reporter))];
  const [seen, calls] = await Promise.all([
    readServiceInstances(store, { fromMs: nowMs - GONE_AFTER_S * 1_000, toMs: nowMs }, reporters),
    readCircuitCalls(store, { fromMs: nowMs - CALLS_S * 1_000, toMs: nowMs }),
  ]);
  const circuits = assembleCircuits({ rows, seen, calls, callSeconds: CALLS_S, nowMs });
  return gateways ? circuits.map((circuit) => withSettingsInForce(circuit, gateways)) : circuits;
}

/** Transitions carry the settings of their time; a gateway says which hold since it was tuned. */
function withSettingsInForce(circuit: Circuit, gateways: Ctx['gateways']): Circuit {
  const instances = circuit.instances.map((instance): CircuitInstance => {
    const held = gateways.status().find((status) => status.held?.instance === instance.instance)?.held;
    const own = held?.circuits.find(({ service }) => service === circuit.name);
    if (!own || circuit.reporter !== 'gateway') return instance;
    const { threshold, resetTimeoutMs, halfOpenSuccessCount } = own;
    return { ...instance, threshold, resetTimeoutMs, halfOpenSuccessCount };
  });
  return { ...circuit, instances };
}
