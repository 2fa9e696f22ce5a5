import type { TopologyEdge, TopologyNode } from '#server/topology/schema.ts';
import { CIRCUIT_STATES } from '#components/circuit/circuit-state.ts';
import { formatDuration } from '#components/format/duration.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { HEALTH, nodeHealth } from './node-health.ts';

/** A box in a sentence, for screen readers and hovers. */
export function describeNode(node: TopologyNode): string {
  const parts = [`${node.name}, ${node.kind}`];
  if (node.kind === 'service' || node.kind === 'gateway') parts.push(HEALTH[nodeHealth(node)].word);
  parts.push(formatRate(node.requestsPerS));
  if (node.errorRatio !== null) parts.push(`${formatRatio(node.errorRatio)} errors`);
  if (node.latencyMsP95 !== null) parts.push(`p95 ${formatDuration(node.latencyMsP95)}`);
  if (node.instances > 1) parts.push(`${node.instances} instances`);
  return parts.join(', ');
}

/** A line in a sentence. */
export function describeEdge(edge: TopologyEdge, names: ReadonlyMap<string, string>): string {
  const ends = `${names.get(edge.source) ?? edge.source} to ${names.get(edge.target) ?? edge.target}`;
  const parts = [ends, formatRate(edge.requestsPerS)];
  if (edge.errorRatio !== null) parts.push(`${formatRatio(edge.errorRatio)} errors`);
  if (edge.latencyMsP95 !== null) parts.push(`p95 ${formatDuration(edge.latencyMsP95)}`);
  if (edge.breaker) parts.push(`breaker ${CIRCUIT_STATES[edge.breaker.state].word}`);
  return parts.join(', ');
}
