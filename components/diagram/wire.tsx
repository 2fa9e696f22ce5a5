import { clsx } from 'clsx';
import type { TopologyEdge } from '#server/topology/schema.ts';
import { isRefusing } from '#components/circuit/circuit-state.ts';
import type { Line, Point } from './layout-model.ts';
import { errorTone, lineWeight } from './traffic.ts';

const STROKE = { neutral: 'stroke-wire', warn: 'stroke-warn', critical: 'stroke-critical' } as const;
const FILL = { neutral: 'fill-wire', warn: 'fill-warn', critical: 'fill-critical' } as const;
const ARROW = { up: 'M-4 7 0 0l4 7Z', down: 'M-4-7 0 0l4-7Z', left: 'M7-4 0 0l7 4Z' } as const;
const CORNER = 6;

/** The colour of a conductor: by its share of errors, dead where nothing flows. */
export function wireStroke(edge: Pick<TopologyEdge, 'requestsPerS' | 'errorRatio'>): string {
  return edge.requestsPerS > 0 ? STROKE[errorTone(edge.errorRatio)] : 'stroke-wire-dead';
}

/** One line of the diagram: weight is traffic, colour is errors, and beyond an open breaker it is dead. */
export function Wire({ line }: { line: Line }) {
  const { edge } = line;
  const weight = lineWeight(edge.requestsPerS);
  const stroke = wireStroke(edge);
  const dead = edge.breaker !== null && isRefusing(edge.breaker.state);
  const tone = edge.requestsPerS > 0 && !dead ? FILL[errorTone(edge.errorRatio)] : 'fill-wire-dead';
  const shared = { fill: 'none', strokeWidth: weight, strokeLinejoin: 'round' } as const;
  return (
    <g>
      <path d={roundedPath(line.supply)} className={clsx('transition-colors duration-150', stroke)} {...shared} />
      {line.load.length > 0 && (
        <path
          d={roundedPath(line.load)}
          className={clsx('transition-colors duration-150', dead ? 'stroke-wire-dead' : stroke)}
          {...shared}
          {...(dead ? { strokeWidth: 1.2, strokeDasharray: '2 3' } : {})}
        />
      )}
      {line.arrow && (
        <path
          d={ARROW[line.arrow.direction]}
          transform={`translate(${line.arrow.x} ${line.arrow.y})`}
          className={tone}
        />
      )}
    </g>
  );
}

/** An orthogonal way with softened corners. */
export function roundedPath(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const before = points[index - 1];
      const after = points[index + 1];
      if (!before) return `M${point.x} ${point.y}`;
      if (!after) return `L${point.x} ${point.y}`;
      const into = towards(point, before);
      const out = towards(point, after);
      return `L${into.x} ${into.y}Q${point.x} ${point.y} ${out.x} ${out.y}`;
    })
    .join('');
}

function towards(corner: Point, other: Point): Point {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y);
  if (length === 0) return corner;
  const step = Math.min(CORNER, length / 2) / length;
  return { x: corner.x + (other.x - corner.x) * step, y: corner.y + (other.y - corner.y) * step };
}
