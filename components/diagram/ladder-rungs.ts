import type { Topology, TopologyEdge, TopologyNode } from '#server/topology/schema.ts';
import { arrangeRows } from './arrange-rows.ts';

export interface Rung {
  node: TopologyNode;
  /** The line from the bus; null for services that no gateway calls. */
  edge: TopologyEdge | null;
  calls: { node: TopologyNode; edge: TopologyEdge }[];
}

/** The diagram as lists: each gateway with what it calls and what those call, then everything else. */
export function ladderRungs(topology: Topology): { head: TopologyNode | null; rungs: Rung[] }[] {
  const byId = new Map(topology.nodes.map((node) => [node.id, node]));
  return arrangeRows(topology, Number.POSITIVE_INFINITY).map(({ gateway, members }) => ({
    head: gateway,
    rungs: members.map((node) => ({
      node,
      edge: topology.edges.find((edge) => edge.source === gateway?.id && edge.target === node.id) ?? null,
      calls: topology.edges
        .filter((edge) => edge.source === node.id && edge.target !== node.id)
        .map((edge) => ({ edge, node: byId.get(edge.target) }))
        .filter((call): call is { edge: TopologyEdge; node: TopologyNode } => call.node !== undefined)
        .toSorted(
          (a, b) =>
            Number(a.node.kind !== 'service') - Number(b.node.kind !== 'service') ||
            (a.node.name < b.node.name ? -1 : 1),
        ),
    })),
  }));
}
