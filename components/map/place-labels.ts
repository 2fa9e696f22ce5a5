import type { Point } from '#components/diagram/layout-model.ts';
import { errorTone } from '#components/diagram/traffic.ts';
import { pointOn, type MapLayout } from './layout-map.ts';

/** Figures in the smallest type: rate, p95 and errors. */
const SIZE = { width: 104, height: 15 };

/** Where on a line its figures may stand, the best place first. */
const PLACES = [0.5, 0.6, 0.4, 0.7, 0.3, 0.78, 0.22];

/** Where the figures of each line stand, free of boxes and of each other; lines without room have none. Failing lines choose first. */
export function placeLabels({ lines, plates, gap }: MapLayout): Map<string, Point> {
  const size = { ...SIZE, width: Math.min(SIZE.width, gap - 6) };
  const taken = plates.map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2, width, height }));
  const placed = new Map<string, Point>();
  const failing = (line: (typeof lines)[number]) => (errorTone(line.edge.errorRatio) === 'neutral' ? 1 : 0);
  for (const line of lines.toSorted((a, b) => failing(a) - failing(b) || (a.edge.id < b.edge.id ? -1 : 1))) {
    const spot = PLACES.map((share) => pointOn(line, share)).find((point) =>
      taken.every(
        (box) =>
          Math.abs(box.x - point.x) >= (box.width + size.width) / 2 ||
          Math.abs(box.y - point.y) >= (box.height + size.height) / 2,
      ),
    );
    if (!spot) continue;
    taken.push({ ...spot, ...size });
    placed.set(line.edge.id, spot);
  }
  return placed;
}
