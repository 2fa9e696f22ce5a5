import type { SpanRow } from './order-spans.ts';

/** The calls of one operation that were made along the same way, put together. */
export interface FlameNode {
  service: string;
  operation: string;
  /** Index of the caller; -1 at the bottom. */
  parent: number;
  depth: number;
  spans: number;
  errors: number;
  /** Busy time of these spans themselves, and with all that they called. */
  selfUs: number;
  totalUs: number;
  /** The longest of the spans. */
  longest: SpanRow;
  /** Where it begins, in microseconds of busy time from the left. */
  fromUs: number;
}

/** A node where it is drawn; in shares of the width. */
export interface FlameFrame {
  index: number;
  node: FlameNode;
  x: number;
  width: number;
}

/** Thinner than this nobody sees or hits. */
const SHARE_MIN = 0.002;
/** Deeper frames are reached by zooming in. */
export const LEVELS_MAX = 48;

/**
 * Merges a trace by the way of its calls. Widths are busy times, not durations: of calls at once each counts, so a caller is
 * always as wide as all that it called.
 */
export function mergeFlame(rows: readonly SpanRow[], selfUs: readonly number[]): FlameNode[] {
  const nodes: FlameNode[] = [];
  const places = new Map<string, number>();
  const placeOf: number[] = [];
  for (const [index, row] of rows.entries()) {
    const parent = row.parent === -1 ? -1 : (placeOf[row.parent] ?? -1);
    const { service, operation } = row.span;
    const key = `${parent}\n${service}\n${operation}`;
    const place = places.get(key) ?? nodes.length;
    const node = (nodes[place] ??= {
      service,
      operation,
      parent,
      depth: parent === -1 ? 0 : (nodes[parent]?.depth ?? 0) + 1,
      spans: 0,
      errors: 0,
      selfUs: 0,
      totalUs: 0,
      longest: row,
      fromUs: 0,
    });
    places.set(key, place);
    placeOf[index] = place;
    node.spans += 1;
    node.selfUs += selfUs[index] ?? 0;
    if (row.span.status === 'error') node.errors += 1;
    if (row.span.durationUs > node.longest.span.durationUs) node.longest = row;
  }
  // Callers come before what they call: from the end, every node is whole when it is added to its caller.
  for (const node of nodes.toReversed()) {
    node.totalUs += node.selfUs;
    const caller = nodes[node.parent];
    if (caller) caller.totalUs += node.totalUs;
  }
  placeNodes(nodes);
  return nodes;
}

/** The frames to draw while one node fills the width (-1: all): its callers below it, and what it called. */
export function layFlame(nodes: readonly FlameNode[], zoomed: number): FlameFrame[] {
  const focus = nodes[zoomed];
  const fromUs = focus?.fromUs ?? 0;
  const totalUs = focus?.totalUs ?? nodes.reduce((sum, { parent, totalUs: us }) => sum + (parent === -1 ? us : 0), 0);
  if (totalUs <= 0) return [];
  const callers = new Set<number>();
  for (let index = zoomed; nodes[index]; index = nodes[index]?.parent ?? -1) callers.add(index);
  const bottom = focus ? Math.max(0, focus.depth - 2) : 0;
  return nodes.flatMap((node, index) => {
    if (node.depth < bottom || node.depth >= bottom + LEVELS_MAX) return [];
    if (callers.has(index)) return [{ index, node, x: 0, width: 1 }];
    const x = (node.fromUs - fromUs) / totalUs;
    const width = node.totalUs / totalUs;
    const isInside = !focus || (node.depth > focus.depth && x > -1e-9 && x + width < 1 + 1e-9);
    return isInside && width >= SHARE_MIN ? [{ index, node, x: Math.max(0, x), width }] : [];
  });
}

/** The frame that an arrow key leads to; undefined where there is none. */
export function moveInFlame(frames: readonly FlameFrame[], from: FlameFrame, key: string): FlameFrame | undefined {
  switch (key) {
    case 'ArrowUp':
      return frames.find(({ index }) => index === from.node.parent);
    case 'ArrowDown':
      return widest(frames.filter(({ node }) => node.parent === from.index));
    case 'ArrowLeft':
      return frames
        .filter(({ node, x }) => node.depth === from.node.depth && x < from.x)
        .toSorted(byX)
        .at(-1);
    case 'ArrowRight':
      return frames.filter(({ node, x }) => node.depth === from.node.depth && x > from.x).toSorted(byX)[0];
    default:
      return undefined;
  }
}

function placeNodes(nodes: readonly FlameNode[]): void {
  const children = Map.groupBy(nodes.keys(), (index) => nodes[index]?.parent ?? -1);
  const callers = [-1, ...nodes.keys()];
  for (const caller of callers) {
    let cursorUs = nodes[caller]?.fromUs ?? 0;
    const called = children.get(caller) ?? [];
    for (const index of called.toSorted((a, b) => (nodes[b]?.totalUs ?? 0) - (nodes[a]?.totalUs ?? 0))) {
      const node = nodes[index];
      if (!node) continue;
      node.fromUs = cursorUs;
      cursorUs += node.totalUs;
    }
  }
}

function widest(frames: readonly FlameFrame[]): FlameFrame | undefined {
  return frames.toSorted((a, b) => b.width - a.width)[0];
}

function byX(a: FlameFrame, b: FlameFrame): number {
  return a.x - b.x;
}
