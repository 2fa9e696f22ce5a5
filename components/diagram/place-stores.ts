import type { RowFrame } from './frame-row.ts';
import type { DiagramLayout, Riser, Tap } from './layout-model.ts';
import { STORE_DROP, STORE_FOOT, TAP_ROW } from './metrics.ts';

/** Hangs each service's own stores from a riser below it; returns the lowest y that was used. */
export function placeTaps(
  frame: RowFrame,
  ports: Map<string, number>,
  pitch: number,
  y: number,
  bottom: number,
  result: DiagramLayout,
): number {
  let lowest = y;
  for (const [id, calls] of frame.taps) {
    const plate = frame.plates.get(id);
    const x = ports.get(`${id}:riser`);
    if (!plate || x === undefined) continue;
    const taps: Tap[] = calls.map(({ edge, node }, index) => ({
      key: edge.id,
      node,
      edge,
      x,
      y: y + 20 + index * TAP_ROW,
      maxX: Math.min(plate.x + pitch, result.width),
    }));
    result.taps.push(...taps);
    const last = taps.at(-1);
    if (!last) continue;
    const riser: Riser = {
      key: id,
      edgeIds: calls.map(({ edge }) => edge.id),
      from: { x, y: bottom },
      to: { x, y: last.y },
    };
    result.risers.push(riser);
    lowest = Math.max(lowest, last.y + 8);
  }
  return lowest;
}

/** Draws a bus for each store that several services of the row share; returns the lowest y that was used. */
export function placeStoreBuses(
  frame: RowFrame,
  ports: Map<string, number>,
  y: number,
  bottom: number,
  row: number,
  result: DiagramLayout,
): number {
  let lane = y;
  for (const { node, edges } of frame.shared) {
    const busY = lane + STORE_DROP;
    const xs = edges.map((edge) => ports.get(`${edge.id}:drop`) ?? 0);
    result.buses.push({
      key: `${node.id}@${row}`,
      node,
      x1: Math.min(...xs) - 14,
      x2: Math.max(...xs) + 14,
      y: busY,
      role: 'store',
      section: 1,
      sections: 1,
    });
    edges.forEach((edge, index) => {
      const x = xs[index] ?? 0;
      const foot = { x, y: busY };
      result.lines.push({
        key: edge.id,
        edge,
        supply: [{ x, y: bottom }, foot],
        load: [],
        breaker: null,
        label: { x: x + 7, y: busY - 12, anchor: 'start', lines: 1, maxWidth: 96 },
        joints: [foot],
        arrow: null,
      });
    });
    lane = busY + STORE_FOOT;
  }
  return lane;
}
