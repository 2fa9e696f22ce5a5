import type { TopologyEdge } from '#server/topology/schema.ts';
import type { Row } from './arrange-rows.ts';
import type { Side } from './assign-ports.ts';
import type { Bus, Line, Plate, Point } from './layout-model.ts';
import { BREAKER_BELOW_BUS, BREAKER_BELOW_PLATE, BREAKER_HALF } from './metrics.ts';

/** From a gateway's bus straight down to what it feeds. */
export function feederLine(edge: TopologyEdge, plateOf: Map<string, Plate>, row: Row | undefined, buses: Bus[]): Line {
  const plate = plateOf.get(edge.target);
  const bus = buses.find((candidate) => candidate.node.id === edge.source && candidate.section === row?.section);
  if (!plate || !bus) throw new Error(`The diagram has no place for ${edge.id}`);
  const x = plate.x + plate.width / 2;
  const start = { x, y: bus.y };
  const stop = { x, y: plate.y };
  const breaker = edge.breaker ? { x, y: bus.y + BREAKER_BELOW_BUS } : null;
  return {
    key: edge.id,
    edge,
    supply: breaker ? [start, { x, y: breaker.y - BREAKER_HALF }] : [start, stop],
    load: breaker ? [{ x, y: breaker.y + BREAKER_HALF }, stop] : [],
    breaker,
    label: { x: x + 9, y: plate.y - 34, anchor: 'start', lines: 2, maxWidth: plate.width / 2 },
    joints: [start],
    arrow: null,
  };
}

/** From a client down to the bus. */
export function supplyLine(edge: TopologyEdge, clients: Map<string, Plate>, buses: Map<string, Bus>): Line {
  const plate = clients.get(edge.source);
  const bus = buses.get(edge.target);
  if (!plate || !bus) throw new Error(`The diagram has no place for ${edge.id}`);
  const x = plate.x + plate.width / 2;
  const top = plate.y + plate.height;
  return {
    key: edge.id,
    edge,
    supply: [
      { x, y: top },
      { x, y: bus.y },
    ],
    load: [],
    breaker: null,
    label: { x: x + 9, y: top + (bus.y - top) / 2 + 4, anchor: 'start', lines: 1, maxWidth: 140 },
    joints: [{ x, y: bus.y }],
    arrow: null,
  };
}

/** Between services, along its tracks. */
export function routedLine(edge: TopologyEdge, points: Point[], side: Side | null): Line {
  const [start, next] = points;
  const stop = points.at(-1);
  if (!start || !next || !stop) throw new Error(`The diagram has no way for ${edge.id}`);
  // A breaker stands on the stub under its caller; a line from a bus or a client leaves sideways and has no stub.
  const breaker = edge.breaker && next.x === start.x ? { x: start.x, y: start.y + BREAKER_BELOW_PLATE } : null;
  return {
    key: edge.id,
    edge,
    supply: breaker ? [start, { x: start.x, y: breaker.y - BREAKER_HALF }] : points,
    load: breaker ? [{ x: start.x, y: breaker.y + BREAKER_HALF }, ...points.slice(1)] : [],
    breaker,
    label: runLabel(points),
    joints: [],
    arrow: { ...stop, direction: side === 'top' ? 'down' : side === 'bottom' ? 'up' : 'left' },
  };
}

/** The figures stand on the longest level stretch, when it is long enough for them. */
function runLabel(points: Point[]): Line['label'] {
  let best: { from: Point; to: Point; length: number } | null = null;
  points.forEach((to, index) => {
    const from = points[index - 1];
    if (!from || from.y !== to.y) return;
    const length = Math.abs(to.x - from.x);
    if (!best || length > best.length) best = { from, to, length };
  });
  const run = best as { from: Point; to: Point; length: number } | null;
  if (!run || run.length < 56) return null;
  return { x: (run.from.x + run.to.x) / 2, y: run.from.y - 5, anchor: 'middle', lines: 1, maxWidth: run.length - 16 };
}
