'use client';

import { useState, type KeyboardEvent } from 'react';
import type { TimeRange } from '#server/time/schema.ts';
import { describeMarkers, markersAt, type ChartMarker } from './chart-marker.ts';
import { setHover } from './hover-store.ts';
import { MarkerLines } from './marker-lines.tsx';
import { PLOT, type PlotScale } from './plot.ts';
import { nearestRow, type ChartRow, type PreparedChart } from './prepare-time-chart.ts';
import { TimeChartTooltip } from './time-chart-tooltip.tsx';
import type { Unit } from './unit.ts';
import { useBrush } from './use-brush.ts';

interface TimeChartOverlayProps {
  chart: string;
  label: string;
  prepared: PreparedChart;
  row: ChartRow | undefined;
  isSource: boolean;
  scale: PlotScale;
  stepMs: number;
  unit: Unit;
  series: readonly { key: string; label: string; colour: string }[];
  onZoom: (range: TimeRange) => void;
  onPick?: ((bucket: TimeRange) => void) | undefined;
  pickLabel?: string | undefined;
  markers: readonly ChartMarker[];
}

/** What moves over a chart: crosshair, brush and tooltip, by pointer and by keys. */
export function TimeChartOverlay(props: TimeChartOverlayProps) {
  const { chart, label, prepared, row, isSource, scale, stepMs, unit, series, onZoom, onPick, pickLabel, markers } =
    props;
  /** Where a selection by keys began. */
  const [anchorMs, setAnchorMs] = useState<number | null>(null);
  const { rows, yMin, yMax } = prepared;

  const show = (tMs: number) => {
    const nearest = nearestRow(rows, tMs);
    if (nearest) setHover({ tMs: nearest.tMs, chart });
  };
  const pick = (at: ChartRow | undefined) => at && onPick?.({ fromMs: at.tMs, toMs: at.tMs + stepMs });
  const { box, handlers } = useBrush({
    onHover: (point) => (point ? show(scale.timeOf(point.x)) : setHover(null)),
    onClick: ({ x }) => pick(nearestRow(rows, scale.timeOf(x))),
    onBrush: ({ fromX, toX }) => onZoom(ordered(scale.timeOf(fromX), scale.timeOf(toX))),
  });

  function onKeyDown(event: KeyboardEvent) {
    const index = row ? rows.indexOf(row) : rows.length;
    const last = rows.length - 1;
    const next = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: last }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      const target = rows[Math.min(last, Math.max(0, next))];
      if (!target) return;
      setAnchorMs(event.shiftKey ? (anchorMs ?? row?.tMs ?? target.tMs) : null);
      setHover({ tMs: target.tMs, chart });
    } else if (event.key === 'Enter' && row) {
      event.preventDefault();
      if (anchorMs !== null && anchorMs !== row.tMs) onZoom(ordered(anchorMs, row.tMs));
      else pick(row);
      setAnchorMs(null);
    } else if (event.key === 'Escape' && (isSource || anchorMs !== null)) {
      event.preventDefault();
      setAnchorMs(null);
      setHover(null);
    }
  }

  const x = row ? scale.xOf(row.tMs) : 0;
  const spanMs = scale.timeOf(scale.width) - scale.timeOf(0);
  const lit = row ? markersAt(markers, row.tMs, stepMs, spanMs) : [];
  const yOf = (value: number) => PLOT.top + ((yMax - value) / (yMax - yMin)) * (PLOT.height - PLOT.top - PLOT.bottom);
  const band = box
    ? ordered(Math.max(PLOT.left, box.fromX), Math.max(PLOT.left, box.toX))
    : anchorMs !== null && row
      ? ordered(scale.xOf(anchorMs), x)
      : null;
  return (
    <div
      role="group"
      tabIndex={0}
      aria-roledescription="chart"
      aria-label={`${label}. ${[prepared.summary, describeMarkers(markers)].filter(Boolean).join(' ')} Arrow keys move through time, with Shift they select, Enter opens.`}
      className="absolute inset-0 cursor-crosshair touch-pan-y select-none rounded-sm"
      onKeyDown={onKeyDown}
      onBlur={() => setHover(null)}
      {...handlers}
    >
      <svg aria-hidden width={scale.width} height={PLOT.height} className="pointer-events-none">
        {band && (
          <rect
            x={band.fromMs}
            y={PLOT.top}
            width={band.toMs - band.fromMs}
            height={PLOT.height - PLOT.top - PLOT.bottom}
            className="fill-accent stroke-accent"
            fillOpacity={0.14}
          />
        )}
        <MarkerLines markers={markers} scale={scale} lit={lit} />
        {row && x >= PLOT.left && (
          <>
            <path
              d={`M${x} ${PLOT.top}V${PLOT.height - PLOT.bottom}`}
              className="stroke-ink-faint"
              strokeDasharray="2 2"
            />
            {series.map(({ key, colour }) => {
              const value = row.values[key] ?? null;
              return (
                value !== null && (
                  <circle
                    key={key}
                    cx={x}
                    cy={yOf(value)}
                    r={3}
                    fill={colour}
                    className="stroke-surface"
                    strokeWidth={1.5}
                  />
                )
              );
            })}
          </>
        )}
      </svg>
      {row && isSource && !box && (
        <TimeChartTooltip
          markers={lit}
          row={row}
          x={x}
          scale={scale}
          unit={unit}
          series={series}
          pickLabel={onPick && pickLabel}
        />
      )}
    </div>
  );
}

function ordered(a: number, b: number): TimeRange {
  return { fromMs: Math.min(a, b), toMs: Math.max(a, b) };
}
