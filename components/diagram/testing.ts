import type { CircuitState } from '#server/circuits/schema.ts';
import type { NodeKind, Topology, TopologyEdge, TopologyNode } from '#server/topology/schema.ts';

/** Test data: a node by its id, `service:orders`. */
export function node(id: string, change: Partial<TopologyNode> = {}): TopologyNode {
  const [kind, name = ''] = id.split(':');
  return {
    id,
    kind: kind as NodeKind,
    name,
    requestsPerS: 1,
    errorRatio: 0,
    latencyMsP95: 10,
    up: null,
    instances: 1,
    lastSeenMs: null,
    ...change,
  };
}

/** Test data: an edge by its ends, `service:orders>service:payments`, guarded when a state is given. */
export function edge(id: string, state?: CircuitState, change: Partial<TopologyEdge> = {}): TopologyEdge {
  const [source = '', target = ''] = id.split('>');
  const breaker = state
    ? { name: target.split(':')[1] ?? '', reporter: source.split(':')[1] ?? '', state, sinceMs: 0, reason: '' }
    : null;
  return { id, source, target, requestsPerS: 1, errorRatio: 0, latencyMsP95: 10, breaker, ...change };
}

/** Test data: a topology of these edges and of every node they name. */
export function topologyOf(edges: TopologyEdge[], more: TopologyNode[] = []): Topology {
  const ids = new Set(edges.flatMap(({ source, target }) => [source, target]));
  for (const { id } of more) ids.delete(id);
  return { nodes: [...[...ids].map((id) => node(id)), ...more], edges, asOfMs: 0 };
}

/** Test data: a gateway over `count` services that call each other crosswise and share one database. */
export function fleet(count: number): Topology {
  const name = (index: number) => `service:s${String(index % count).padStart(2, '0')}`;
  const services = Array.from({ length: count }, (_, index) => index);
  return topologyOf([
    edge('client:shopper>gateway:gateway'),
    ...services.map((index) => edge(`gateway:gateway>${name(index)}`, 'closed')),
    ...services.map((index) => edge(`${name(index)}>database:shared`)),
    ...services
      .filter((index) => index % 3 === 0)
      .map((index) => edge(`${name(index)}>${name(index * 7 + 11)}`, 'closed')),
    edge(`${name(0)}>queue:events`),
    edge(`${name(1)}>service:behind`),
  ]);
}
