import type { Topology } from '#server/topology/schema.ts';

/** A service with its callers and what it calls; the whole when it is not there. */
export function focusTopology(topology: Topology, name: string | null): Topology {
  const own = new Set(topology.nodes.filter((node) => node.name === name && isCaller(node.kind)).map(({ id }) => id));
  if (own.size === 0) return topology;
  const edges = topology.edges.filter(({ source, target }) => own.has(source) || own.has(target));
  const near = new Set([...own, ...edges.flatMap(({ source, target }) => [source, target])]);
  return { ...topology, nodes: topology.nodes.filter(({ id }) => near.has(id)), edges };
}

/** The names to choose from. */
export function focusNames(topology: Topology): string[] {
  return [...new Set(topology.nodes.filter(({ kind }) => isCaller(kind)).map(({ name }) => name))].toSorted();
}

/** A database may bear the name of its service; it is not the service. */
function isCaller(kind: Topology['nodes'][number]['kind']): boolean {
  return kind === 'service' || kind === 'gateway' || kind === 'client';
}
