import type { Line, Riser } from './layout-model.ts';

/** A label of rate and p95 in the smallest type. */
const LABEL_WIDTH = 92;
/** Without this much of a level stretch to itself, a label would touch what crosses. */
const LABEL_WIDTH_MIN = 44;

interface Stretch {
  from: number;
  to: number;
}

/** Moves the label of every routed line to where no upright line crosses it: the clear stretch that is wide enough and nearest to the middle, else the widest. */
export function spotLabels(lines: Line[], risers: readonly Riser[]): Line[] {
  const uprights = [
    ...lines.flatMap((line) => [line.supply, line.load].flatMap((points) => segments(points, line.key))),
    ...risers.map((riser) => ({ x: riser.from.x, low: riser.from.y, high: riser.to.y, key: riser.key })),
  ];
  return lines.map((line) => {
    const { label } = line;
    if (!label || label.anchor !== 'middle') return line;
    // A label stands just above its stretch.
    const level = label.y;
    const [from, to] = [label.x - label.maxWidth / 2, label.x + label.maxWidth / 2];
    const crossings = uprights
      .filter((upright) => upright.key !== line.key && upright.low < level && upright.high > level - 8)
      .map((upright) => upright.x)
      .filter((x) => x > from && x < to)
      .toSorted((a, b) => a - b);
    const edges = [from, ...crossings, to];
    const clear = edges.slice(1).map((edge, index): Stretch => ({ from: (edges[index] ?? from) + 4, to: edge - 4 }));
    const best = pick(clear, label.x);
    if (!best || best.to - best.from < LABEL_WIDTH_MIN) return { ...line, label: null };
    return { ...line, label: { ...label, x: (best.from + best.to) / 2, maxWidth: best.to - best.from } };
  });
}

function pick(stretches: Stretch[], middle: number): Stretch | null {
  const distance = (stretch: Stretch) => Math.abs((stretch.from + stretch.to) / 2 - middle);
  const width = (stretch: Stretch) => stretch.to - stretch.from;
  const roomy = stretches.filter((stretch) => width(stretch) >= LABEL_WIDTH);
  if (roomy.length > 0) return roomy.toSorted((a, b) => distance(a) - distance(b))[0] ?? null;
  return stretches.toSorted((a, b) => width(b) - width(a))[0] ?? null;
}

function segments(points: Line['supply'], key: string) {
  return points.slice(1).flatMap((to, index) => {
    const from = points[index];
    if (!from || from.x !== to.x) return [];
    return [{ x: to.x, low: Math.min(from.y, to.y), high: Math.max(from.y, to.y), key }];
  });
}
