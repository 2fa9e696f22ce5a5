import { byWorstState } from '#server/circuits/worst-state.ts';
import type { Circuit } from '#server/circuits/schema.ts';
import type { InstanceTotals } from '#server/store/queries/service-instances.ts';
import type { ServiceCalls } from '#server/store/queries/service-calls.ts';
import type { ServiceTotals } from '#server/store/queries/service-totals.ts';
import type { UnnamedCalls } from '#server/store/queries/unnamed-calls.ts';
import { createDatabaseNaming } from './name-database.ts';
import type { NodeKind, Topology, TopologyEdge, TopologyNode } from './schema.ts';

export interface TopologyFacts {
  totals: readonly ServiceTotals[];
  calls: readonly ServiceCalls[];
  unnamed: readonly UnnamedCalls[];
  instances: readonly InstanceTotals[];
  circuits: readonly Circuit[];
  /** By job. */
  up: ReadonlyMap<string, boolean>;
  seconds: number;
  asOfMs: number;
}

interface Flow {
  source: string;
  target: string;
  calls: number;
  failed: number;
  p95Ns: number;
}

const NS_PER_MS = 1e6;

/** Nodes and edges from what was measured, and from breakers that guard what is silent. */
export function assembleTopology(facts: TopologyFacts): Topology {
  const nameNode = createNaming(facts);
  const nameDatabase = createDatabaseNaming(facts.calls);
  const flows = mergeFlows([
    ...facts.calls.flatMap((call) => namedFlow(call, nameNode, nameDatabase)),
    ...facts.unnamed.flatMap((call) => unnamedFlow(call, nameNode)),
  ]);
  const present = new Set([...facts.totals.map(({ service }) => service), ...facts.up.keys()]);
  // Transitions are kept for a year: a breaker counts only while its owner shows any sign of life.
  const guards = facts.circuits.filter(({ reporter }) => present.has(reporter));
  for (const { reporter, name } of guards) {
    const [source, target] = [nameNode(reporter), nameNode(name)];
    const id = edgeId(source, target);
    if (!flows.has(id)) flows.set(id, { source, target, calls: 0, failed: 0, p95Ns: 0 });
  }
  const breakers = new Map(
    guards.map((circuit) => [edgeId(nameNode(circuit.reporter), nameNode(circuit.name)), toBreaker(circuit)]),
  );
  const edges = [...flows].map(([id, { source, target, calls, failed, p95Ns }]): TopologyEdge => ({
    id,
    source,
    target,
    requestsPerS: calls / facts.seconds,
    errorRatio: calls > 0 ? failed / calls : null,
    latencyMsP95: calls > 0 ? p95Ns / NS_PER_MS : null,
    breaker: breakers.get(id) ?? null,
  }));
  const ids = new Set([
    ...facts.totals.map(({ service }) => nameNode(service)),
    ...[...flows.values()].flatMap(({ source, target }) => [source, target]),
  ]);
  const measure = createMeasuring(facts, [...flows.values()], nameNode);
  return {
    nodes: [...ids].toSorted().map(measure),
    edges: edges.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    asOfMs: facts.asOfMs,
  };
}

/** Gives a service's node id. Who owns breakers and is guarded by nobody else's is a gateway; who only calls is a client. */
function createNaming({ totals, calls, unnamed, circuits, up }: TopologyFacts): (service: string) => string {
  const measured = new Map(totals.map((total) => [total.service, total]));
  const guarded = new Set(circuits.filter(({ name, reporter }) => name !== reporter).map(({ name }) => name));
  const gateways = new Set(circuits.map(({ reporter }) => reporter).filter((reporter) => !guarded.has(reporter)));
  const callers = new Set([
    ...calls.filter(({ kind, peer }) => kind === 3 && peer !== '').map(({ service }) => service),
    ...unnamed.map(({ service }) => service),
  ]);
  const called = new Set([...calls.map(({ peer }) => peer), ...unnamed.map(({ callee }) => callee)]);
  return (service) => {
    const kind = ((): NodeKind => {
      if (gateways.has(service)) return 'gateway';
      const total = measured.get(service);
      if (total && !total.serves && callers.has(service) && !called.has(service)) return 'client';
      const isOurs = total !== undefined || guarded.has(service) || up.has(service);
      return isOurs ? 'service' : 'external';
    })();
    return `${kind}:${service}`;
  };
}

function namedFlow(
  call: ServiceCalls,
  nameNode: (service: string) => string,
  nameDatabase: (call: ServiceCalls) => string,
): Flow[] {
  const { service, kind, peer, dbSystem, queue, calls, failed, p95Ns } = call;
  const own = nameNode(service);
  const counts = { calls, failed, p95Ns };
  if (kind === 4) return [{ source: own, target: `queue:${queue}`, ...counts }];
  if (kind === 5) return [{ source: `queue:${queue}`, target: own, ...counts }];
  if (dbSystem !== '') return [{ source: own, target: `database:${nameDatabase(call)}`, ...counts }];
  // Without a peer, `unnamed` knows more.
  return peer === '' ? [] : [{ source: own, target: nameNode(peer), ...counts }];
}

function unnamedFlow(call: UnnamedCalls, nameNode: (service: string) => string): Flow[] {
  const { service, callee, address, ...counts } = call;
  if (callee !== '') return [{ source: nameNode(service), target: nameNode(callee), ...counts }];
  return address === '' ? [] : [{ source: nameNode(service), target: `external:${address}`, ...counts }];
}

/** Rows that meet in one line; quantiles cannot be added, so the line takes that of most of its calls. */
function mergeFlows(flows: readonly Flow[]): Map<string, Flow> {
  const merged = new Map<string, Flow>();
  for (const flow of flows.toSorted((a, b) => b.calls - a.calls)) {
    const id = edgeId(flow.source, flow.target);
    const known = merged.get(id);
    if (!known) merged.set(id, { ...flow });
    else Object.assign(known, { calls: known.calls + flow.calls, failed: known.failed + flow.failed });
  }
  return merged;
}

/** A service is measured where it serves; what exports no server spans, by the calls that reach or leave it. */
function createMeasuring(facts: TopologyFacts, flows: readonly Flow[], nameNode: (service: string) => string) {
  const totals = new Map(facts.totals.map((total) => [nameNode(total.service), total]));
  const instances = Map.groupBy(facts.instances, ({ service }) => nameNode(service));
  return (id: string): TopologyNode => {
    const [kind, name] = [id.slice(0, id.indexOf(':')) as NodeKind, id.slice(id.indexOf(':') + 1)];
    const total = totals.get(id);
    const own = instances.get(id) ?? [];
    const near = flows.filter(
      ({ source, target }) => (kind === 'client' ? source : target) === id && source !== target,
    );
    const measured =
      total && kind !== 'client'
        ? { calls: total.requests, failed: total.failed, p95Ns: total.quantilesNs[1] ?? 0 }
        : {
            calls: sum(near.map(({ calls }) => calls)),
            failed: sum(near.map(({ failed }) => failed)),
            // The worst of its lines.
            p95Ns: Math.max(0, ...near.map(({ p95Ns }) => p95Ns)),
          };
    return {
      id,
      kind,
      name,
      requestsPerS: measured.calls / facts.seconds,
      errorRatio: measured.calls > 0 ? measured.failed / measured.calls : null,
      latencyMsP95: measured.calls > 0 ? measured.p95Ns / NS_PER_MS : null,
      up: facts.up.get(name) ?? null,
      instances: own.length,
      lastSeenMs: own.length > 0 ? Math.max(...own.map(({ lastSeenMs }) => lastSeenMs)) : null,
    };
  };
}

function toBreaker({ name, reporter, instances }: Circuit): TopologyEdge['breaker'] {
  const worst = instances.toSorted(byWorstState)[0];
  return worst ? { name, reporter, state: worst.state, sinceMs: worst.sinceMs, reason: worst.reason } : null;
}

function edgeId(source: string, target: string): string {
  return `${source}>${target}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
