import type { Topology, TopologyEdge, TopologyNode } from '#server/topology/schema.ts';

/** One neighbour of a service with the calls between them. */
export interface Dependency {
  node: TopologyNode;
  edge: TopologyEdge;
}

/** Who calls a service, and whom it calls, busiest first. */
export function dependencies(topology: Topology, service: string): { callers: Dependency[]; callees: Dependency[] } {
  const nodes = new Map(topology.nodes.map((node) => [node.id, node]));
  // A database may bear the name of its service; it is not the service.
  const own = new Set(
    topology.nodes
      .filter(({ kind, name }) => name === service && (kind === 'service' || kind === 'gateway' || kind === 'client'))
      .map(({ id }) => id),
  );
  const neighbours = (edges: TopologyEdge[], end: 'source' | 'target') =>
    edges
      .flatMap((edge) => {
        const node = nodes.get(edge[end]);
        return node && !own.has(node.id) ? [{ node, edge }] : [];
      })
      .toSorted((a, b) => b.edge.requestsPerS - a.edge.requestsPerS || a.node.name.localeCompare(b.node.name, 'en'));
  return {
    callers: neighbours(
      topology.edges.filter(({ target }) => own.has(target)),
      'source',
    ),
    callees: neighbours(
      topology.edges.filter(({ source }) => own.has(source)),
      'target',
    ),
  };
}
