import type { Topology, TopologyEdge } from '#server/topology/schema.ts';

/** A place in a column: a node, or the passage of a line that goes on to a further column. */
export interface Slot {
  key: string;
  kind: 'node' | 'passage';
  /** Of the node, or of the edge that passes. */
  id: string;
}

export interface Layers {
  columns: Slot[][];
  /** Edges that would close a circle; they are drawn back to the left. */
  back: ReadonlySet<string>;
}

/** Sweeps to the right and back; more change little. */
const SWEEPS = 8;

/**
 * Deals the nodes of any graph into columns, callers left of what they call, and orders each column so that few lines cross. It depends
 * on who calls whom only, and ties are broken by id, so that nothing moves when traffic does.
 */
export function arrangeLayers(topology: Topology): Layers {
  const ids = topology.nodes.map(({ id }) => id).toSorted();
  const known = new Set(ids);
  const edges = topology.edges
    .filter(({ source, target }) => source !== target && known.has(source) && known.has(target))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const back = backEdges(ids, edges);
  const forward = edges.filter(({ id }) => !back.has(id));
  const column = assignColumns(ids, forward);
  return { columns: reduceCrossings(withPassages(ids, forward, column), forward), back };
}

/** The edges that lead back to a node on the way to them, found depth first from the callers that nobody calls. */
function backEdges(ids: readonly string[], edges: readonly TopologyEdge[]): Set<string> {
  const out = Map.groupBy(edges, ({ source }) => source);
  const called = new Set(edges.map(({ target }) => target));
  const back = new Set<string>();
  const state = new Map<string, 'open' | 'done'>();
  for (const root of [...ids.filter((id) => !called.has(id)), ...ids]) {
    if (state.has(root)) continue;
    const path: { id: string; next: number }[] = [{ id: root, next: 0 }];
    state.set(root, 'open');
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const edge = out.get(top.id)?.[top.next];
      top.next += 1;
      if (!edge) {
        state.set(top.id, 'done');
        path.pop();
      } else if (state.get(edge.target) === 'open') back.add(edge.id);
      else if (!state.has(edge.target)) {
        state.set(edge.target, 'open');
        path.push({ id: edge.target, next: 0 });
      }
    }
  }
  return back;
}

/** Each node one column right of the furthest of its callers. */
function assignColumns(ids: readonly string[], edges: readonly TopologyEdge[]): Map<string, number> {
  const out = Map.groupBy(edges, ({ source }) => source);
  const waiting = new Map(ids.map((id) => [id, 0]));
  for (const { target } of edges) waiting.set(target, (waiting.get(target) ?? 0) + 1);
  const column = new Map(ids.map((id) => [id, 0]));
  const ready = ids.filter((id) => waiting.get(id) === 0);
  for (const id of ready) {
    for (const { target } of out.get(id) ?? []) {
      column.set(target, Math.max(column.get(target) ?? 0, (column.get(id) ?? 0) + 1));
      const left = (waiting.get(target) ?? 0) - 1;
      waiting.set(target, left);
      if (left === 0) ready.push(target);
    }
  }
  return column;
}

function withPassages(
  ids: readonly string[],
  edges: readonly TopologyEdge[],
  column: ReadonlyMap<string, number>,
): Slot[][] {
  const last = ids.reduce((most, id) => Math.max(most, column.get(id) ?? 0), -1);
  const columns: Slot[][] = Array.from({ length: last + 1 }, () => []);
  for (const id of ids) columns[column.get(id) ?? 0]?.push({ key: id, kind: 'node', id });
  for (const { id, source, target } of edges) {
    const to = column.get(target) ?? 0;
    for (let at = (column.get(source) ?? 0) + 1; at < to; at += 1) {
      columns[at]?.push({ key: passageKey(id, at), kind: 'passage', id });
    }
  }
  return columns;
}

/** Puts each slot near the middle of what it is joined with in the column before, then in the one after, and so on. */
function reduceCrossings(columns: Slot[][], edges: readonly TopologyEdge[]): Slot[][] {
  const links = linksOf(columns, edges);
  let best = columns;
  let fewest = countCrossings(columns, links);
  let current = columns;
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    const next = current.map((slots) => [...slots]);
    const order = next.map((_, index) => (sweep % 2 === 0 ? index : next.length - 1 - index));
    for (const index of order.slice(1)) {
      const beside = next[sweep % 2 === 0 ? index - 1 : index + 1] ?? [];
      const place = new Map(beside.map((slot, position) => [slot.key, position]));
      const slots = next[index] ?? [];
      const pull = new Map(
        slots.map((slot, position) => {
          const near = (links.get(slot.key) ?? []).map((key) => place.get(key)).filter((at) => at !== undefined);
          return [slot, near.length > 0 ? near.reduce((sum, at) => sum + at, 0) / near.length : position];
        }),
      );
      slots.sort((a, b) => (pull.get(a) ?? 0) - (pull.get(b) ?? 0));
    }
    current = next;
    const crossings = countCrossings(next, links);
    if (crossings < fewest) [best, fewest] = [next, crossings];
  }
  return best;
}

/** The slots that an edge runs through, from its caller to what it calls. */
export function stationsOf({ id, source, target }: TopologyEdge, columns: readonly (readonly Slot[])[]): string[] {
  const passages = columns.flatMap((slots, at) =>
    slots.some(({ key }) => key === passageKey(id, at)) ? [passageKey(id, at)] : [],
  );
  return [source, ...passages, target];
}

function passageKey(edge: string, column: number): string {
  return `${edge}@${column}`;
}

/** What each slot is joined with, one column away on either side. */
export function linksOf(columns: readonly (readonly Slot[])[], edges: readonly TopologyEdge[]): Map<string, string[]> {
  const links = new Map<string, string[]>();
  const join = (a: string, b: string) => {
    links.set(a, [...(links.get(a) ?? []), b]);
    links.set(b, [...(links.get(b) ?? []), a]);
  };
  for (const edge of edges) {
    const stations = stationsOf(edge, columns);
    stations.slice(1).forEach((to, index) => join(stations[index] ?? edge.source, to));
  }
  return links;
}

/** How many pairs of lines cross between neighbouring columns. */
export function countCrossings(columns: readonly (readonly Slot[])[], links: ReadonlyMap<string, string[]>): number {
  let crossings = 0;
  for (let index = 1; index < columns.length; index += 1) {
    const place = new Map((columns[index] ?? []).map((slot, position) => [slot.key, position]));
    const ends = (columns[index - 1] ?? []).flatMap((slot) =>
      (links.get(slot.key) ?? [])
        .map((key) => place.get(key))
        .filter((at) => at !== undefined)
        .toSorted((a, b) => a - b),
    );
    for (let a = 0; a < ends.length; a += 1)
      for (let b = a + 1; b < ends.length; b += 1) if ((ends[a] ?? 0) > (ends[b] ?? 0)) crossings += 1;
  }
  return crossings;
}
