'use client';

import { useId, useMemo, useState, type ReactNode } from 'react';
import type { TimeRange } from '#server/time/schema.ts';
import type { DurationBucket } from '#server/traces/schema.ts';
import { useWidth } from '#components/diagram/use-width.ts';
import { formatInteger } from '#components/format/number.ts';
import { timeTicks } from '#components/format/time-ticks.ts';
import { useZone } from '#components/format/zone.ts';
import { PlotSkeleton } from './chart-skeleton.tsx';
import { axisLabel, durationTick, uncutTicks } from './axis-label.ts';
import { HeatmapCells } from './heatmap-cells.tsx';
import { HeatmapMark, type HeatMark } from './heatmap-mark.tsx';
import { HeatmapTooltip } from './heatmap-tooltip.tsx';
import { setHover, useHover } from './hover-store.ts';
import { PLOT, plotScale } from './plot.ts';
import { prepareHeatmap, rowBounds, type HeatCell } from './prepare-heatmap.ts';
import { useBrush, type BrushBox } from './use-brush.ts';

export interface HeatSelection {
  range: TimeRange;
  /** Null at an end that the selection leaves open. */
  minDurationMs: number | null;
  maxDurationMs: number | null;
}

interface HeatmapChartProps {
  buckets: readonly DurationBucket[];
  range: TimeRange;
  /** A cell that was clicked or an area that was dragged. */
  onSelect: (selection: HeatSelection) => void;
  /** A part that is framed. */
  marked?: HeatMark | null;
  /** Strips of states over the same time, drawn below in the same frame. */
  below?: ReactNode;
}

const Y_LABELS = 5;
const BOTTOM = PLOT.height - PLOT.bottom;
const INNER = BOTTOM - PLOT.top;

/** How long calls took over time; stronger is more, red is failed. Dragging selects a stretch of time and of duration. */
export function HeatmapChart({ buckets, range, onSelect, marked, below }: HeatmapChartProps) {
  const zone = useZone();
  const id = useId();
  const hover = useHover();
  const [frame, width] = useWidth(0);
  const [hovered, setHovered] = useState<HeatCell | null>(null);
  const heatmap = useMemo(() => prepareHeatmap(buckets, range), [buckets, range]);
  const scale = plotScale(width, range);
  const rowHeight = INNER / heatmap.rows;
  const rowAt = (y: number) => Math.min(heatmap.rows - 1, Math.max(0, Math.floor((BOTTOM - y) / rowHeight)));
  const columnAt = (x: number) => Math.floor((scale.timeOf(x) - heatmap.fromMs) / heatmap.stepMs);
  const cellAt = (point: { x: number; y: number }) =>
    heatmap.cells.find(({ column, row }) => column === columnAt(point.x) && row === rowAt(point.y)) ?? null;

  function selectBox(box: BrushBox) {
    const low = rowAt(Math.max(box.fromY, box.toY));
    const high = rowAt(Math.min(box.fromY, box.toY));
    onSelect({
      range: ordered(scale.timeOf(box.fromX), scale.timeOf(box.toX)),
      minDurationMs: low === 0 ? null : shortened(rowBounds(heatmap, low).fromMs),
      maxDurationMs: high === heatmap.rows - 1 ? null : shortened(rowBounds(heatmap, high).toMs),
    });
  }
  const { box, handlers } = useBrush({
    onHover: (point) => {
      setHovered(point && cellAt(point));
      setHover(point && { tMs: scale.timeOf(point.x), chart: id });
    },
    onBrush: selectBox,
    onClick: (point) => {
      const cell = cellAt(point);
      if (!cell) return;
      const bounds = rowBounds(heatmap, cell.row);
      const fromMs = heatmap.fromMs + cell.column * heatmap.stepMs;
      onSelect({
        range: { fromMs, toMs: fromMs + heatmap.stepMs },
        minDurationMs: shortened(bounds.fromMs),
        maxDurationMs: shortened(bounds.toMs),
      });
    },
  });

  const { ticks, stepMs } = timeTicks(range.fromMs, range.toMs, Math.max(2, Math.floor(width / 84)));
  const every = Math.max(1, Math.ceil(heatmap.rows / Y_LABELS));
  const labelled = Array.from({ length: Math.ceil(heatmap.rows / every) }, (_, index) => index * every);
  const total = heatmap.cells.reduce((sum, { count }) => sum + count, 0);
  const errors = heatmap.cells.reduce((sum, cell) => sum + cell.errors, 0);

  return (
    <div className="px-3 pb-2 pt-2">
      <div
        ref={frame}
        role="img"
        aria-label={`Durations over time: ${formatInteger(total)} calls, ${formatInteger(errors)} failed. The fields above filter by duration, the time range by time.`}
        className="relative h-[176px] cursor-crosshair touch-pan-y select-none"
        {...handlers}
      >
        {width === 0 ? (
          <PlotSkeleton />
        ) : (
          <svg aria-hidden width={width} height={PLOT.height} className="pointer-events-none text-2xs">
            {labelled.map((row) => {
              const y = BOTTOM - row * rowHeight;
              return (
                <g key={row}>
                  <path d={`M${PLOT.left} ${y}H${width - PLOT.right}`} className="stroke-line" />
                  <text x={PLOT.left - 8} y={y + 3.5} textAnchor="end" className="fill-ink-faint">
                    {durationTick(rowBounds(heatmap, row).fromMs)}
                  </text>
                </g>
              );
            })}
            <HeatmapCells heatmap={heatmap} scale={scale} rowHeight={rowHeight} bottom={BOTTOM} />
            {marked && <HeatmapMark mark={marked} {...{ heatmap, range, scale, rowHeight }} bottom={BOTTOM} />}
            {hovered && (
              <rect
                x={scale.xOf(heatmap.fromMs + hovered.column * heatmap.stepMs)}
                y={BOTTOM - (hovered.row + 1) * rowHeight}
                width={scale.xOf(heatmap.stepMs) - scale.xOf(0)}
                height={rowHeight}
                fill="none"
                className="stroke-ink"
              />
            )}
            {hover && hover.chart !== id && hover.tMs >= range.fromMs && hover.tMs <= range.toMs && (
              <path
                d={`M${scale.xOf(hover.tMs)} ${PLOT.top}V${BOTTOM}`}
                className="stroke-ink-faint"
                strokeDasharray="2 2"
              />
            )}
            {uncutTicks(ticks, range, width).map((tick) => (
              <text key={tick} x={scale.xOf(tick)} y={PLOT.height - 6} textAnchor="middle" className="fill-ink-faint">
                {axisLabel(tick, stepMs, zone)}
              </text>
            ))}
            {box && (
              <rect
                x={Math.min(box.fromX, box.toX)}
                y={Math.min(box.fromY, box.toY)}
                width={Math.abs(box.toX - box.fromX)}
                height={Math.abs(box.toY - box.fromY)}
                className="fill-accent stroke-accent"
                fillOpacity={0.16}
              />
            )}
          </svg>
        )}
        {hovered && !box && <HeatmapTooltip heatmap={heatmap} cell={hovered} scale={scale} />}
      </div>
      {below}
    </div>
  );
}

function ordered(a: number, b: number): TimeRange {
  return { fromMs: Math.floor(Math.min(a, b)), toMs: Math.ceil(Math.max(a, b)) };
}

/** Three digits are enough in an address. */
function shortened(ms: number): number {
  return Number(ms.toPrecision(3));
}
