'use client';

import { useId, useMemo } from 'react';
import type { LogHistogram as Histogram } from '#server/logs/schema.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { axisLabel } from '#components/chart/axis-label.ts';
import { PlotSkeleton } from '#components/chart/chart-skeleton.tsx';
import { setHover, useHover } from '#components/chart/hover-store.ts';
import { plotScale } from '#components/chart/plot.ts';
import { TimeChartTooltip } from '#components/chart/time-chart-tooltip.tsx';
import { useBrush } from '#components/chart/use-brush.ts';
import { useWidth } from '#components/diagram/use-width.ts';
import { formatCount } from '#components/format/number.ts';
import { timeTicks } from '#components/format/time-ticks.ts';
import { useZone } from '#components/format/zone.ts';
import { prepareHistogram } from './prepare-histogram.ts';

interface LogHistogramProps {
  histogram: Histogram;
  range: TimeRange;
  onZoom: (range: TimeRange) => void;
}

const HEIGHT = 128;
const TOP = 8;
const BOTTOM = HEIGHT - 22;
const GAP = 1;

/** When lines of which severity were written; dragging zooms the time of all panels, a click shows one column alone. */
export function LogHistogram({ histogram, range, onZoom }: LogHistogramProps) {
  const id = useId();
  const zone = useZone();
  const hover = useHover();
  const [frame, width] = useWidth(0);
  const prepared = useMemo(() => prepareHistogram(histogram), [histogram]);
  const scale = useMemo(() => plotScale(width, range), [width, range]);
  const { stepMs } = histogram;
  const yOf = (lines: number) => BOTTOM - (lines / prepared.yMax) * (BOTTOM - TOP);
  const startOf = (tMs: number) => Math.floor(tMs / stepMs) * stepMs;
  const hoveredMs = hover && startOf(hover.tMs);
  const column = prepared.columns.find(({ tMs }) => tMs === hoveredMs);
  const { box, handlers } = useBrush({
    onHover: (point) => setHover(point && { tMs: startOf(scale.timeOf(point.x)), chart: id }),
    onClick: ({ x }) => {
      const fromMs = startOf(scale.timeOf(x));
      if (prepared.columns.some(({ tMs }) => tMs === fromMs)) onZoom({ fromMs, toMs: fromMs + stepMs });
    },
    onBrush: ({ fromX, toX }) => {
      const [a, b] = [scale.timeOf(fromX), scale.timeOf(toX)];
      onZoom({ fromMs: Math.floor(Math.min(a, b)), toMs: Math.ceil(Math.max(a, b)) });
    },
  });
  const { ticks, stepMs: tickMs } = timeTicks(range.fromMs, range.toMs, Math.max(2, Math.floor(width / 84)));

  return (
    <div className="px-3 pb-2 pt-2.5">
      <ul aria-hidden className="flex h-5 flex-wrap gap-x-4 overflow-hidden pl-1 text-xs">
        {prepared.levels.map(({ key, label, colour }) => (
          <li key={key} className="flex items-center gap-1.5 whitespace-nowrap text-ink-faint">
            <svg width="8" height="8">
              <rect width="8" height="8" rx="2" fill={colour} />
            </svg>
            {label}
          </li>
        ))}
      </ul>
      <div
        ref={frame}
        role="img"
        aria-label={`Lines over time. ${prepared.summary} The time range zooms, the fields filter.`}
        className="relative h-32 cursor-crosshair touch-pan-y select-none"
        {...handlers}
      >
        {width === 0 ? (
          <PlotSkeleton />
        ) : (
          <svg aria-hidden width={width} height={HEIGHT} className="pointer-events-none text-2xs">
            {prepared.yTicks.map((tick) => (
              <g key={tick}>
                <path d={`M${scale.xOf(range.fromMs)} ${yOf(tick)}H${scale.xOf(range.toMs)}`} className="stroke-line" />
                <text x={scale.xOf(range.fromMs) - 8} y={yOf(tick) + 3.5} textAnchor="end" className="fill-ink-faint">
                  {formatCount(tick)}
                </text>
              </g>
            ))}
            {prepared.columns.map(({ tMs, parts }) => {
              const left = Math.max(scale.xOf(range.fromMs), scale.xOf(tMs));
              const right = Math.min(scale.xOf(range.toMs), scale.xOf(tMs + stepMs));
              if (right <= left) return null;
              return (
                <g key={tMs} opacity={column && column.tMs !== tMs ? 0.55 : 1}>
                  {parts.map((part) => (
                    <rect
                      key={part.colour}
                      x={left}
                      // Few among many must still be seen.
                      y={Math.min(yOf(part.to), yOf(part.from) - 1)}
                      width={Math.max(1, right - left - GAP)}
                      height={Math.max(1, yOf(part.from) - yOf(part.to))}
                      fill={part.colour}
                    />
                  ))}
                </g>
              );
            })}
            {ticks.map((tick) => (
              <text key={tick} x={scale.xOf(tick)} y={HEIGHT - 6} textAnchor="middle" className="fill-ink-faint">
                {axisLabel(tick, tickMs, zone)}
              </text>
            ))}
            {box && (
              <rect
                x={Math.min(box.fromX, box.toX)}
                y={TOP}
                width={Math.abs(box.toX - box.fromX)}
                height={BOTTOM - TOP}
                className="fill-accent stroke-accent"
                fillOpacity={0.14}
              />
            )}
          </svg>
        )}
        {column && hover?.chart === id && !box && (
          <TimeChartTooltip
            row={column.row}
            markers={[]}
            x={scale.xOf(column.tMs + stepMs / 2)}
            scale={scale}
            unit="count"
            series={prepared.levels}
          />
        )}
      </div>
    </div>
  );
}
