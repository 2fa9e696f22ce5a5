import type { Topology, TopologyEdge, TopologyNode } from '#server/topology/schema.ts';
import { arrangeRows, type Row } from './arrange-rows.ts';
import type { Side } from './assign-ports.ts';
import { assignTracks } from './assign-tracks.ts';

/** Where a routed line leaves or enters: the channel above or below a row, or null for the end of a bus and the side of a client. */
export interface LineEnd {
  channel: string | null;
  /** Counts channels from top to bottom, for the gutter that joins them. */
  order: number;
  side: Side | null;
}

/** What goes where, before any pixel is known. */
export interface DiagramPlan {
  byId: ReadonlyMap<string, TopologyNode>;
  rows: Row[];
  clients: TopologyNode[];
  columns: number;
  /** From a gateway's bus to what hangs from it. */
  feeders: TopologyEdge[];
  /** From clients to a bus. */
  supplies: TopologyEdge[];
  /** From services to stores below them. */
  storeEdges: TopologyEdge[];
  /** All others: between services, in tracks. */
  routed: TopologyEdge[];
  ends: ReadonlyMap<string, { source: LineEnd; target: LineEnd }>;
  gutter: ReturnType<typeof assignTracks>;
}

/** Sorts the calls of a topology into the kinds of lines that the diagram has, for rows of at most `columnsMax` boxes. */
export function planDiagram(topology: Topology, columnsMax: number): DiagramPlan {
  const byId = new Map(topology.nodes.map((node) => [node.id, node]));
  const edges = topology.edges
    .filter((edge) => edge.source !== edge.target && byId.has(edge.source) && byId.has(edge.target))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const rows = arrangeRows(topology, columnsMax);
  const rowOf = new Map(rows.flatMap((row, index) => row.members.map((node) => [node.id, index] as const)));
  const busRow = new Map<string, number>();
  rows.forEach((row, index) => {
    if (row.gateway && !busRow.has(row.gateway.id)) busRow.set(row.gateway.id, index);
  });
  const clients = topology.nodes
    .filter((node) => node.kind === 'client')
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const clientIds = new Set(clients.map((node) => node.id));

  const feeders = edges.filter((edge) => rows[rowOf.get(edge.target) ?? -1]?.gateway?.id === edge.source);
  const supplies = edges.filter((edge) => clientIds.has(edge.source) && busRow.has(edge.target));
  const storeEdges = edges.filter(
    (edge) => rowOf.has(edge.source) && !rowOf.has(edge.target) && isStore(byId.get(edge.target)),
  );
  const straight = new Set([...feeders, ...supplies, ...storeEdges]);
  const isPlaced = (id: string) => rowOf.has(id) || busRow.has(id) || clientIds.has(id);
  const routed = edges.filter((edge) => !straight.has(edge) && isPlaced(edge.source) && isPlaced(edge.target));

  function endAt(id: string, side: Side): LineEnd {
    const row = rowOf.get(id);
    if (row !== undefined) return { channel: `${row}:${side}`, order: row * 3 + (side === 'top' ? 0 : 2), side };
    const bus = busRow.get(id);
    return { channel: null, order: bus === undefined ? -1 : bus * 3, side: null };
  }
  const ends = new Map(
    routed.map((edge) => {
      const row = rowOf.get(edge.target);
      // Below a bus the upper side belongs to the feeder; elsewhere a call from another row comes in from above.
      const fromAbove = row !== undefined && !rows[row]?.gateway && rowOf.get(edge.source) !== row;
      return [
        edge.id,
        { source: endAt(edge.source, 'bottom'), target: endAt(edge.target, fromAbove ? 'top' : 'bottom') },
      ];
    }),
  );
  const gutter = assignTracks(
    [...ends]
      .filter(([, { source, target }]) => source.channel === null || source.channel !== target.channel)
      .map(([key, { source, target }]) => ({ key, from: source.order, to: target.order })),
    0.5,
  );
  const columns = Math.max(1, clients.length, ...rows.map((row) => row.members.length));
  return { byId, rows, clients, columns, feeders, supplies, storeEdges, routed, ends, gutter };
}

function isStore(node: TopologyNode | undefined): boolean {
  return node?.kind === 'database' || node?.kind === 'queue' || node?.kind === 'external';
}
