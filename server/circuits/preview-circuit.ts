import type { Ctx } from '#server/context.ts';
import { getTopology } from '#server/topology/get-topology.ts';
import type { Topology } from '#server/topology/schema.ts';
import type { CircuitPreview } from './schema.ts';

/** As long as the other figures of a breaker look back, so that they agree. */
const WINDOW_MS = 60_000;

/** The blast radius of a breaker from the measured map: what passes it, who would feel it, who would not. */
export async function previewCircuit(
  ctx: Pick<Ctx, 'store' | 'now'>,
  breaker: { reporter: string; name: string },
): Promise<CircuitPreview> {
  const toMs = ctx.now().getTime();
  const topology = await getTopology(ctx, { range: { fromMs: toMs - WINDOW_MS, toMs } });
  return { windowMs: WINDOW_MS, ...measureBlast(topology, breaker) };
}

export function measureBlast(
  { nodes, edges }: Pick<Topology, 'nodes' | 'edges'>,
  { reporter, name }: { reporter: string; name: string },
): Omit<CircuitPreview, 'windowMs'> {
  const idOf = (service: string) => nodes.find((node) => node.name === service && !BEYOND.has(node.kind))?.id;
  const [owner, guarded] = [idOf(reporter), idOf(name)];
  const nameOf = new Map(nodes.map((node) => [node.id, node.name]));
  const callersOf = (target: string | undefined, but?: string) =>
    edges
      .filter((edge) => target !== undefined && edge.target === target && edge.source !== but && edge.requestsPerS > 0)
      .map((edge) => ({ name: nameOf.get(edge.source) ?? edge.source, requestsPerS: edge.requestsPerS }))
      .toSorted((a, b) => b.requestsPerS - a.requestsPerS);
  const edge = edges.find(({ source, target }) => source === owner && target === guarded);
  const passed = edges.filter(({ source }) => source === owner).reduce((sum, each) => sum + each.requestsPerS, 0);
  return {
    requestsPerS: edge?.requestsPerS ?? 0,
    errorRatio: edge?.errorRatio ?? null,
    latencyMsP95: edge?.latencyMsP95 ?? null,
    shareOfReporter: passed > 0 ? (edge?.requestsPerS ?? 0) / passed : null,
    callers: callersOf(owner),
    others: callersOf(guarded, owner),
  };
}

/** What calls nothing of ours: a database may have the name of a service. */
const BEYOND = new Set(['database', 'queue']);
