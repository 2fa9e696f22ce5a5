import type { TopologyEdge, TopologyNode } from '#server/topology/schema.ts';
import type { Row } from './arrange-rows.ts';
import type { Plate } from './layout-model.ts';
import { PLATE } from './metrics.ts';

export interface StoreCall {
  edge: TopologyEdge;
  node: TopologyNode;
}

export interface RowFrame {
  row: Row;
  plates: Map<string, Plate>;
  /** Stores that one service alone calls, by the service. */
  taps: Map<string, StoreCall[]>;
  /** Stores that several services of the row call. */
  shared: { node: TopologyNode; edges: TopologyEdge[] }[];
}

/** Gives the boxes of a row their columns and parts the stores below into own and shared ones. */
export function frameRow(
  row: Row,
  storeEdges: TopologyEdge[],
  byId: ReadonlyMap<string, TopologyNode>,
  centre: (column: number) => number,
): RowFrame {
  const plates = new Map(
    row.members.map((node, column) => [
      node.id,
      { node, x: centre(column) - PLATE.width / 2, y: 0, width: PLATE.width, height: PLATE.height },
    ]),
  );
  const own = storeEdges.filter((edge) => plates.has(edge.source));
  const byStore = Map.groupBy(own, (edge) => edge.target);
  const taps = new Map<string, StoreCall[]>();
  const shared: RowFrame['shared'] = [];
  for (const [store, storeCalls] of [...byStore].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const node = byId.get(store);
    if (!node) continue;
    const callers = new Set(storeCalls.map((edge) => edge.source));
    if (callers.size > 1) shared.push({ node, edges: storeCalls });
    else for (const edge of storeCalls) taps.set(edge.source, [...(taps.get(edge.source) ?? []), { edge, node }]);
  }
  // The widest bus lies lowest, so that fewer drops have to pass below another bus.
  shared.sort((a, b) => a.edges.length - b.edges.length || (a.node.id < b.node.id ? -1 : 1));
  return { row, plates, taps, shared };
}
