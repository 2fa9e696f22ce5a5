import { describe, expect, test } from 'vitest';
import type { ServiceSummary } from '#server/services/schema.ts';
import type { Topology, TopologyEdge, TopologyNode } from '#server/topology/schema.ts';
import { dependencies } from './dependencies.ts';
import { summariseServices } from './summarise-services.ts';
import { sortServices } from './sort-services.ts';

function summary(service: string, over: Partial<ServiceSummary> = {}): ServiceSummary {
  return {
    service,
    requestsPerS: 1,
    errorRatio: 0,
    latencyMsP50: 1,
    latencyMsP95: 2,
    latencyMsP99: 3,
    instances: 1,
    version: null,
    up: true,
    lastSeenMs: 0,
    requestsSparkline: [],
    ...over,
  };
}

describe('sortServices', () => {
  const rows = [summary('b', { errorRatio: null }), summary('c', { errorRatio: 0.5 }), summary('a', { errorRatio: 0 })];

  test.each([
    ['service', 'asc', 'abc'],
    ['service', 'desc', 'cba'],
    ['errors', 'desc', 'cab'],
    ['errors', 'asc', 'acb'],
    ['rate', 'desc', 'abc'],
  ] as const)('%s %s', (sort, direction, expected) => {
    expect(
      sortServices(rows, sort, direction)
        .map(({ service }) => service)
        .join(''),
    ).toBe(expected);
  });
});

describe('summariseServices', () => {
  test.each([
    ['none', [], 'No service has reported.'],
    ['all well', [summary('a'), summary('b')], '2 services, all healthy.'],
    ['one down', [summary('a', { up: false }), summary('b')], '2 services: a is down.'],
    [
      'several kinds',
      [summary('a', { errorRatio: 0.2 }), summary('b', { errorRatio: 0.02 }), summary('c', { errorRatio: 0.3 })],
      '3 services: a and c are failing, b is degraded.',
    ],
  ])('%s', (_, rows, expected) => {
    expect(summariseServices(rows)).toBe(expected);
  });
});

const node = (id: string, kind: TopologyNode['kind'], name: string) => ({ id, kind, name }) as TopologyNode;
const edge = (source: string, target: string, requestsPerS: number) =>
  ({ id: `${source}>${target}`, source, target, requestsPerS }) as TopologyEdge;

describe('dependencies', () => {
  const topology: Topology = {
    asOfMs: 0,
    nodes: [
      node('service:orders', 'service', 'orders'),
      node('service:payments', 'service', 'payments'),
      node('gateway:gateway', 'gateway', 'gateway'),
      node('database:orders', 'database', 'orders'),
    ],
    edges: [
      edge('gateway:gateway', 'service:orders', 5),
      edge('service:orders', 'database:orders', 9),
      edge('service:orders', 'service:payments', 10),
      edge('service:orders', 'service:gone', 1),
      edge('service:orders', 'service:orders', 1),
    ],
  };

  test('callers and callees, busiest first; a database of the same name is a neighbour', () => {
    const { callers, callees } = dependencies(topology, 'orders');
    expect(callers.map((caller) => caller.node.id)).toEqual(['gateway:gateway']);
    expect(callees.map((callee) => callee.node.id)).toEqual(['service:payments', 'database:orders']);
  });

  test('a service that nobody saw has none', () => {
    expect(dependencies(topology, 'nowhere')).toEqual({ callers: [], callees: [] });
  });
});
