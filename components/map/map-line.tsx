import { clsx } from 'clsx';
import { isRefusing } from '#components/circuit/circuit-state.ts';
import { lineWeight } from '#components/diagram/traffic.ts';
import { wireStroke } from '#components/diagram/wire.tsx';
import { linePath, type MapLine as Line } from './layout-map.ts';

interface MapLineProps {
  line: Line;
  /** The line in a sentence, on hover. */
  title: string;
}

/** One line of the map: weight is traffic, colour is errors; dashed where an open breaker lets nothing through. */
export function MapLine({ line, title }: MapLineProps) {
  const { edge, points, back } = line;
  const end = points.at(-1);
  const refusing = edge.breaker !== null && isRefusing(edge.breaker.state);
  const stroke = refusing ? 'stroke-wire-dead' : wireStroke(edge);
  const path = linePath(line);
  return (
    <g>
      <title>{title}</title>
      <path
        d={path}
        fill="none"
        strokeWidth={lineWeight(edge.requestsPerS)}
        strokeDasharray={refusing ? '2 3' : back ? '6 4' : undefined}
        className={clsx('transition-colors duration-150', stroke)}
      />
      <path d={path} fill="none" strokeWidth={12} className="stroke-transparent" />
      {end && (
        <path
          d={back ? 'M-4 7 0 0l4 7' : 'M-7-4 0 0l-7 4'}
          transform={`translate(${end.x} ${end.y})`}
          fill="none"
          strokeWidth={1.5}
          className={stroke}
        />
      )}
    </g>
  );
}
