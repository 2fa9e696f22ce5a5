import type { CircuitState } from '#server/circuits/schema.ts';

export type NodeKind = 'client' | 'gateway' | 'service' | 'database' | 'queue' | 'external';

/** A box of the single-line diagram, measured from spans and `up` in the asked window. */
export interface TopologyNode {
  /** `service:<name>` or `<kind>:<name>`. */
  id: string;
  kind: NodeKind;
  name: string;
  requestsPerS: number;
  errorRatio: number | null;
  latencyMsP95: number | null;
  /** From the scraped `up` series; null when nobody scrapes it. */
  up: boolean | null;
  instances: number;
  lastSeenMs: number | null;
}

/** A line of the diagram: calls from `source` to `target`, with the breaker that guards them, if one does. */
export interface TopologyEdge {
  id: string;
  source: string;
  target: string;
  requestsPerS: number;
  errorRatio: number | null;
  latencyMsP95: number | null;
  breaker: { name: string; reporter: string; state: CircuitState; sinceMs: number; reason: string } | null;
}

export interface Topology {
  nodes: TopologyNode[];
  edges: TopologyEdge[];
  asOfMs: number;
}
