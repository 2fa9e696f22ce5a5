import { expect, it } from 'vitest';
import type { TopologyEdge, TopologyNode } from '#server/topology/schema.ts';
import { measureBlast } from './preview-circuit.ts';

function node(kind: TopologyNode['kind'], name: string): TopologyNode {
  const measured = { requestsPerS: 0, errorRatio: null, latencyMsP95: null, up: null, instances: 1, lastSeenMs: null };
  return { id: `${kind}:${name}`, kind, name, ...measured };
}

function edge(source: string, target: string, requestsPerS: number, errorRatio: number | null = 0): TopologyEdge {
  return { id: `${source} ${target}`, source, target, requestsPerS, errorRatio, latencyMsP95: 12, breaker: null };
}

const nodes = [
  node('client', 'traffic'),
  node('gateway', 'gateway'),
  node('service', 'orders'),
  node('service', 'payments'),
  node('database', 'payments'),
];
const edges = [
  edge('client:traffic', 'gateway:gateway', 4),
  edge('gateway:gateway', 'service:payments', 1, 0.2),
  edge('gateway:gateway', 'service:orders', 3),
  edge('service:orders', 'service:payments', 0.5),
  edge('service:payments', 'database:payments', 9),
];

it('counts what passes the breaker, who would feel it and who would not', () => {
  expect(measureBlast({ nodes, edges }, { reporter: 'gateway', name: 'payments' })).toEqual({
    requestsPerS: 1,
    errorRatio: 0.2,
    latencyMsP95: 12,
    shareOfReporter: 0.25,
    callers: [{ name: 'traffic', requestsPerS: 4 }],
    others: [{ name: 'orders', requestsPerS: 0.5 }],
  });
});

it('says nothing of what nobody measured', () => {
  expect(measureBlast({ nodes: [], edges: [] }, { reporter: 'gateway', name: 'payments' })).toEqual({
    requestsPerS: 0,
    errorRatio: null,
    latencyMsP95: null,
    shareOfReporter: null,
    callers: [],
    others: [],
  });
});
