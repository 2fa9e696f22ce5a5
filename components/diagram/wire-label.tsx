import { clsx } from 'clsx';
import { formatDuration } from '#components/format/duration.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';
import type { Line } from './layout-model.ts';
import { errorTone } from './traffic.ts';

const TONE = { neutral: 'fill-ink-muted', warn: 'fill-warn', critical: 'fill-critical' } as const;

/** The figures of a line: rate and p95, and its errors once they are worth a look. The halo keeps them legible where lines cross. */
export function WireLabel({ line }: { line: Line }) {
  const { edge, label } = line;
  if (!label) return null;
  const tone = errorTone(edge.errorRatio);
  const rate = formatRate(edge.requestsPerS);
  const p95 = edge.latencyMsP95 === null ? null : formatDuration(edge.latencyMsP95);
  const errors = tone === 'neutral' ? null : formatRatio(edge.errorRatio);
  const halo = 'stroke-sunken [paint-order:stroke] [stroke-linejoin:round] [stroke-width:4px]';
  if (label.lines === 2) {
    return (
      <g className="pointer-events-none text-2xs">
        <text x={label.x} y={label.y} className={clsx('fill-ink', halo)}>
          {rate}
        </text>
        {p95 && (
          <text x={label.x} y={label.y + 14} className={clsx('fill-ink-faint', halo)}>
            {p95}
          </text>
        )}
        {errors && (
          <text x={label.x - 18} y={label.y} textAnchor="end" className={clsx('font-semibold', TONE[tone], halo)}>
            {errors}
          </text>
        )}
      </g>
    );
  }
  // Where there is no room for all, errors matter more than how long the calls took.
  const room = label.maxWidth - (errors ? 44 : 0);
  return (
    <text
      x={label.x}
      y={label.y}
      textAnchor={label.anchor}
      className={clsx('pointer-events-none fill-ink-muted text-2xs', halo)}
    >
      {rate}
      {p95 && room > 84 && <tspan className="fill-ink-faint"> · {p95}</tspan>}
      {errors && <tspan className={clsx('font-semibold', TONE[tone])}> · {errors}</tspan>}
    </text>
  );
}
