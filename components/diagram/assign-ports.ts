import type { RowFrame } from './frame-row.ts';
import type { Plate } from './layout-model.ts';
import type { DiagramPlan } from './plan-diagram.ts';

export type Side = 'top' | 'bottom';

const LEFTMOST = 14;
const STEP = 16;

/**
 * Gives everything that leaves or enters a box its place along the edge, keyed `<edge>:source`, `<edge>:target`, `<edge>:drop` or `<service>:riser`:
 * drops to shared stores leftmost, then the riser of the service's own stores, then lines by where they go, so that few of them cross.
 */
export function assignPorts(
  frames: readonly RowFrame[],
  plan: Pick<DiagramPlan, 'routed' | 'ends'>,
  plateOf: ReadonlyMap<string, Plate>,
  farRight: number,
): Map<string, number> {
  const ports = new Map<string, number>();
  const middle = (id: string) => {
    const plate = plateOf.get(id);
    return plate ? plate.x + plate.width / 2 : farRight;
  };
  for (const frame of frames) {
    for (const [id, plate] of frame.plates) {
      const drops = frame.shared.flatMap(({ edges }) =>
        edges.filter((edge) => edge.source === id).map((edge) => `${edge.id}:drop`),
      );
      const riser = frame.taps.has(id) ? [`${id}:riser`] : [];
      const lines = plan.routed
        .flatMap((edge) => {
          const ends = plan.ends.get(edge.id);
          return [
            ...(edge.source === id
              ? [{ key: `${edge.id}:source`, side: ends?.source.side, toX: middle(edge.target) }]
              : []),
            ...(edge.target === id
              ? [{ key: `${edge.id}:target`, side: ends?.target.side, toX: middle(edge.source) }]
              : []),
          ];
        })
        .toSorted((a, b) => a.toX - b.toX || (a.key < b.key ? -1 : 1));
      const bottom = lines.filter((line) => line.side === 'bottom').map((line) => line.key);
      const top = lines.filter((line) => line.side === 'top').map((line) => line.key);
      spread(top, plate.x, plate.width);
      if (riser.length === 0) {
        spread([...drops, ...bottom], plate.x, plate.width);
        continue;
      }
      // The names of own stores stand to the right of the riser: it starts as far left as the drops allow.
      const stores = [...drops, ...riser];
      stores.forEach((key, index) => ports.set(key, plate.x + LEFTMOST + index * STEP));
      const taken = LEFTMOST + drops.length * STEP;
      spread(bottom, plate.x + taken, plate.width - taken);
    }
  }
  return ports;

  function spread(keys: string[], from: number, length: number): void {
    keys.forEach((key, index) => ports.set(key, from + (length * (index + 1)) / (keys.length + 1)));
  }
}
