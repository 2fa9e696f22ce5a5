import type { Topology, TopologyNode } from '#server/topology/schema.ts';

export interface Row {
  /** The gateway whose bus feeds this row; null for services that no gateway calls. */
  gateway: TopologyNode | null;
  section: number;
  sections: number;
  members: TopologyNode[];
}

/**
 * Deals the boxes of the diagram into rows of at most `columns`: what each gateway calls hangs from its bus, folded into sections when it is
 * long; then what is only called by those, nearest first; then what stands alone. Within a row by name, so that nothing moves when traffic does.
 */
export function arrangeRows(topology: Topology, columns: number): Row[] {
  const byId = new Map(topology.nodes.map((node) => [node.id, node]));
  const placed = new Set<string>();
  const rows: Row[] = [];

  for (const gateway of topology.nodes.filter((node) => node.kind === 'gateway').toSorted(byName)) {
    const called = new Set(topology.edges.filter((edge) => edge.source === gateway.id).map((edge) => edge.target));
    const members = [...called]
      .map((id) => byId.get(id))
      .filter((node) => node !== undefined && node.kind !== 'gateway' && node.kind !== 'client' && !placed.has(node.id))
      .map((node) => node as TopologyNode)
      .toSorted(byKindAndName);
    for (const member of members) placed.add(member.id);
    rows.push(...fold(members, columns, gateway));
  }

  const rest = topology.nodes.filter((node) => node.kind === 'service' && !placed.has(node.id));
  const distance = distances(topology, placed, rest);
  rest.sort((a, b) => (distance.get(a.id) ?? 0) - (distance.get(b.id) ?? 0) || byName(a, b));
  rows.push(...fold(rest, columns, null));
  return rows;
}

function fold(members: TopologyNode[], columns: number, gateway: TopologyNode | null): Row[] {
  if (members.length === 0) return gateway ? [{ gateway, section: 1, sections: 1, members }] : [];
  const sections = Math.max(1, Math.ceil(members.length / columns));
  // Even sections: 9 over rows of 8 become 5 and 4, not 8 and 1.
  const size = Math.ceil(members.length / sections);
  return Array.from({ length: sections }, (_, index) => ({
    gateway,
    section: index + 1,
    sections,
    members: members.slice(index * size, (index + 1) * size),
  }));
}

/** Calls away from what is placed already; services that nothing placed reaches start their own count after all others. */
function distances(topology: Topology, placed: ReadonlySet<string>, rest: TopologyNode[]): Map<string, number> {
  const distance = new Map<string, number>();
  const targets = new Map<string, string[]>();
  for (const edge of topology.edges) targets.set(edge.source, [...(targets.get(edge.source) ?? []), edge.target]);

  function walk(from: Iterable<string>, start: number): void {
    let frontier = [...from];
    for (let depth = start; frontier.length > 0; depth += 1) {
      const next = frontier.flatMap((id) => targets.get(id) ?? []).filter((id) => !placed.has(id) && !distance.has(id));
      for (const id of next) distance.set(id, depth);
      frontier = [...new Set(next)];
    }
  }

  walk(placed, 1);
  const lone = rest.filter((node) => !distance.has(node.id));
  const called = new Set(topology.edges.filter((edge) => edge.source !== edge.target).map((edge) => edge.target));
  const roots = lone.filter((node) => !called.has(node.id));
  const base = rest.length + 1;
  for (const node of roots) distance.set(node.id, base);
  walk(
    roots.map((node) => node.id),
    base + 1,
  );
  // What is left are cycles that nothing enters.
  for (const node of lone) if (!distance.has(node.id)) distance.set(node.id, base);
  return distance;
}

function byName(a: TopologyNode, b: TopologyNode): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function byKindAndName(a: TopologyNode, b: TopologyNode): number {
  return Number(a.kind !== 'service') - Number(b.kind !== 'service') || byName(a, b);
}
