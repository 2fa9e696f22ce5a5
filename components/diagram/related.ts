import type { TopologyEdge } from '#server/topology/schema.ts';

/** The lines and boxes that belong to what the pointer or the focus is on; null when everything does. */
export function related(focus: string | null, edges: readonly TopologyEdge[]): ReadonlySet<string> | null {
  if (focus === null) return null;
  const near = edges.filter((edge) => edge.id === focus || edge.source === focus || edge.target === focus);
  return new Set([focus, ...near.flatMap((edge) => [edge.id, edge.source, edge.target])]);
}
