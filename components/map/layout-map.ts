import type { Topology, TopologyEdge } from '#server/topology/schema.ts';
import type { Plate, Point } from '#components/diagram/layout-model.ts';
import { PLATE } from '#components/diagram/metrics.ts';
import { arrangeLayers, linksOf, stationsOf, type Slot } from './arrange-layers.ts';

export interface MapLine {
  edge: TopologyEdge;
  /** From the caller to the called; between two points the line leaves and arrives level. */
  points: Point[];
  /** It closes a circle: it runs below the boxes, from right to left. */
  back: boolean;
}

/** Everything that is drawn, in pixels. */
export interface MapLayout {
  width: number;
  height: number;
  /** Between two columns. */
  gap: number;
  plates: Plate[];
  lines: MapLine[];
}

const MARGIN = 12;
/** Room for a line's figures between two columns. */
const GAP_MIN = 88;
const GAP_MAX = 260;
const ROW_GAP = 18;
const PASSAGE = 22;
/** Rounds of drawing slots towards what they are joined with. */
const ROUNDS = 6;
const BACK_DROP = 34;

/** Computes the map for a sheet of `width` pixels, or wider when its columns need more. It depends on who calls whom only. */
export function layoutMap(topology: Topology, width: number): MapLayout {
  const { columns, back } = arrangeLayers(topology);
  const nodes = new Map(topology.nodes.map((node) => [node.id, node]));
  const edges = topology.edges.filter(
    ({ source, target }) => source !== target && nodes.has(source) && nodes.has(target),
  );
  const forward = edges.filter(({ id }) => !back.has(id));
  const gaps = Math.max(1, columns.length - 1);
  const free = (width - 2 * MARGIN - columns.length * PLATE.width) / gaps;
  const pitch = PLATE.width + Math.min(GAP_MAX, Math.max(GAP_MIN, free));
  const sheet = Math.max(width, 2 * MARGIN + (columns.length - 1) * pitch + PLATE.width);
  const left = (sheet - (columns.length - 1) * pitch - PLATE.width) / 2;
  const middle = placeRows(columns, linksOf(columns, forward));

  const xOf = new Map(columns.flatMap((slots, index) => slots.map(({ key }) => [key, left + index * pitch] as const)));
  const plates = columns.flat().flatMap(({ kind, id }): Plate[] => {
    const node = nodes.get(id);
    if (kind !== 'node' || !node) return [];
    return [{ node, x: xOf.get(id) ?? 0, y: (middle.get(id) ?? 0) - PLATE.height / 2, ...PLATE }];
  });
  const plateOf = new Map(plates.map((plate) => [plate.node.id, plate]));
  const ports = spreadPorts(forward, columns, middle);

  const lines = edges.flatMap((edge): MapLine[] => {
    const from = plateOf.get(edge.source);
    const to = plateOf.get(edge.target);
    if (!from || !to) return [];
    if (back.has(edge.id)) return [{ edge, points: [footOf(from), footOf(to)], back: true }];
    const passages = stationsOf(edge, columns).slice(1, -1);
    const points = [
      { x: from.x + from.width, y: ports.get(`${edge.id}:out`) ?? 0 },
      // A passage is as wide as the boxes beside it, so that no line cuts one.
      ...passages.flatMap((key) => {
        const [x, y] = [xOf.get(key) ?? 0, middle.get(key) ?? 0];
        return [
          { x, y },
          { x: x + PLATE.width, y },
        ];
      }),
      { x: to.x, y: ports.get(`${edge.id}:in`) ?? 0 },
    ];
    return [{ edge, points, back: false }];
  });
  const bottom = plates.reduce((most, plate) => Math.max(most, plate.y + plate.height), 0);
  const drop = lines.some((line) => line.back) ? BACK_DROP + MARGIN : 0;
  return { width: sheet, height: Math.ceil(bottom + MARGIN + drop), gap: pitch - PLATE.width, plates, lines };
}

/** The middle of each slot: near what it is joined with, in the order of its column, and clear of its neighbours. */
function placeRows(columns: readonly (readonly Slot[])[], links: ReadonlyMap<string, string[]>): Map<string, number> {
  const middle = new Map<string, number>();
  for (const slots of columns)
    settle(
      slots,
      slots.map(() => 0),
      middle,
    );
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const slots of round % 2 === 0 ? columns : columns.toReversed()) {
      const wanted = slots.map(({ key }) => {
        const near = (links.get(key) ?? []).map((other) => middle.get(other) ?? 0);
        return near.length > 0 ? near.reduce((sum, y) => sum + y, 0) / near.length : (middle.get(key) ?? 0);
      });
      settle(slots, wanted, middle);
    }
  }
  const top = Math.min(...columns.flat().map(({ key, kind }) => (middle.get(key) ?? 0) - heightOf(kind) / 2));
  for (const [key, y] of middle) middle.set(key, Math.round(y - top + MARGIN));
  return middle;
}

/** Puts slots as near to where they want to be as their order and heights allow: crowded ones share what is missing. */
function settle(slots: readonly Slot[], wanted: readonly number[], middle: Map<string, number>): void {
  interface Block {
    keys: { key: string; offset: number }[];
    want: number;
    height: number;
  }
  const blocks: Block[] = [];
  slots.forEach(({ key, kind }, index) => {
    const height = heightOf(kind) + ROW_GAP;
    let block: Block = { keys: [{ key, offset: 0 }], want: wanted[index] ?? 0, height };
    for (let before = blocks.at(-1); before; before = blocks.at(-1)) {
      if (before.want + before.height / 2 <= block.want - block.height / 2) break;
      blocks.pop();
      block = join(before, block);
    }
    blocks.push(block);
  });
  for (const { keys, want } of blocks) for (const { key, offset } of keys) middle.set(key, want + offset);

  function join(above: Block, below: Block): Block {
    const height = above.height + below.height;
    const [up, down] = [-below.height / 2, above.height / 2];
    const weight = above.keys.length + below.keys.length;
    return {
      height,
      want: ((above.want - up) * above.keys.length + (below.want - down) * below.keys.length) / weight,
      keys: [
        ...above.keys.map(({ key, offset }) => ({ key, offset: offset + up })),
        ...below.keys.map(({ key, offset }) => ({ key, offset: offset + down })),
      ],
    };
  }
}

/** Where lines leave and enter the sides of their boxes: in the order of where they come from, so that they do not cross there. */
function spreadPorts(
  edges: readonly TopologyEdge[],
  columns: readonly (readonly Slot[])[],
  middle: ReadonlyMap<string, number>,
): Map<string, number> {
  const ports = new Map<string, number>();
  for (const side of ['out', 'in'] as const) {
    const ends = edges.map((edge) => {
      const stations = stationsOf(edge, columns);
      const [own, next] = side === 'out' ? [edge.source, stations[1]] : [edge.target, stations.at(-2)];
      return { id: edge.id, own, towards: middle.get(next ?? '') ?? 0 };
    });
    for (const [own, group] of Map.groupBy(ends, (end) => end.own)) {
      const room = Math.min(PLATE.height - 16, (group.length - 1) * 12);
      group
        .toSorted((a, b) => a.towards - b.towards || (a.id < b.id ? -1 : 1))
        .forEach(({ id }, index) => {
          const share = group.length > 1 ? index / (group.length - 1) - 0.5 : 0;
          ports.set(`${id}:${side}`, (middle.get(own) ?? 0) + share * room);
        });
    }
  }
  return ports;
}

function footOf({ x, y, width, height }: Plate): Point {
  return { x: x + width / 2, y: y + height };
}

function heightOf(kind: Slot['kind']): number {
  return kind === 'node' ? PLATE.height : PASSAGE - ROW_GAP;
}

/** The line as a path, level where it meets boxes. */
export function linePath({ points, back }: MapLine): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let from = first;
  let path = `M${from.x} ${from.y}`;
  for (const to of rest) {
    if (back) {
      const low = Math.max(from.y, to.y) + BACK_DROP * 1.3;
      path += `C${from.x} ${low} ${to.x} ${low} ${to.x} ${to.y}`;
    } else {
      const bend = (to.x - from.x) / 2;
      path += `C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
    }
    from = to;
  }
  return path;
}

/** The point at `share` (0 to 1) of the last stretch of a line, which lies before what it calls. */
export function pointOn({ points, back }: MapLine, share: number): Point {
  const from = points.at(-2) ?? { x: 0, y: 0 };
  const to = points.at(-1) ?? from;
  const low = Math.max(from.y, to.y) + BACK_DROP * 1.3;
  const bend = (to.x - from.x) / 2;
  const handles: [Point, Point] = back
    ? [
        { x: from.x, y: low },
        { x: to.x, y: low },
      ]
    : [
        { x: from.x + bend, y: from.y },
        { x: to.x - bend, y: to.y },
      ];
  const rest = 1 - share;
  const along = (axis: 'x' | 'y') =>
    rest ** 3 * from[axis] +
    3 * rest ** 2 * share * handles[0][axis] +
    3 * rest * share ** 2 * handles[1][axis] +
    share ** 3 * to[axis];
  return { x: along('x'), y: along('y') };
}
