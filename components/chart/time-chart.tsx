'use client';

import dynamic from 'next/dynamic';
import { useId, useMemo, type ReactNode } from 'react';
import type { TimeRange } from '#server/time/schema.ts';
import { useWidth } from '#components/diagram/use-width.ts';
import type { ChartMarker } from './chart-marker.ts';
import { ChartLegend } from './chart-legend.tsx';
import { PlotSkeleton } from './chart-skeleton.tsx';
import { useHover } from './hover-store.ts';
import type { ChartLink } from './place-links.ts';
import { plotScale } from './plot.ts';
import { nearestRow, prepareTimeChart, type ChartSeries } from './prepare-time-chart.ts';
import { TimeChartLinks } from './time-chart-links.tsx';
import { TimeChartOverlay } from './time-chart-overlay.tsx';
import type { Unit } from './unit.ts';

// The drawing library comes only with a page that draws, and only in the browser, where the width is known.
const TimeChartLines = dynamic(() => import('./time-chart-lines.tsx').then((module) => module.TimeChartLines), {
  ssr: false,
  loading: PlotSkeleton,
});

interface TimeChartProps<P> {
  /** What it shows, for those who cannot see it: "Requests". */
  label: string;
  points: readonly P[];
  stepMs: number;
  range: TimeRange;
  unit: Unit;
  series: readonly ChartSeries<P>[];
  onZoom: (range: TimeRange) => void;
  /** A click on a moment, with the bucket that it lies in. */
  onPick?: (bucket: TimeRange) => void;
  /** What a click leads to: "traces". */
  pickLabel?: string;
  /** Moments to mark, such as deploys. */
  markers?: readonly ChartMarker[];
  /** Strips of states over the same time, drawn below in the same frame. */
  below?: ReactNode;
  /** False where the caller has a legend of its own. */
  legend?: boolean;
  /** Moments that lead somewhere, and what they are together. */
  links?: { label: string; all: readonly ChartLink[] } | undefined;
}

const NO_MARKERS: readonly ChartMarker[] = [];

/** Lines over time: one crosshair for all charts, dragging zooms all of them, a click picks a moment. */
export function TimeChart<P extends { tMs: number }>(props: TimeChartProps<P>) {
  const {
    label,
    points,
    stepMs,
    range,
    unit,
    series,
    onZoom,
    onPick,
    pickLabel,
    markers = NO_MARKERS,
    below,
    legend = true,
    links,
  } = props;
  const id = useId();
  const hover = useHover();
  const [frame, width] = useWidth(0);
  const prepared = useMemo(
    () => prepareTimeChart({ points, stepMs, range, unit, series }),
    [points, stepMs, range, unit, series],
  );
  const scale = useMemo(() => plotScale(width, range), [width, range]);
  const hovered = hover ? nearestRow(prepared.rows, hover.tMs) : undefined;
  // A moment of another page's range, or before this chart has data, is not pretended to be the nearest one.
  const row = hovered && hover && Math.abs(hovered.tMs - hover.tMs) <= stepMs ? hovered : undefined;

  return (
    <div className="px-3 pb-2 pt-2.5">
      {legend && <ChartLegend series={series} unit={unit} rows={prepared.rows} row={row} />}
      <div ref={frame} className="relative h-[176px]">
        {width === 0 ? (
          <PlotSkeleton />
        ) : (
          <>
            <TimeChartLines prepared={prepared} width={width} range={range} unit={unit} series={series} />
            <TimeChartOverlay
              chart={id}
              label={label}
              prepared={prepared}
              row={row}
              isSource={hover?.chart === id}
              scale={scale}
              stepMs={stepMs}
              unit={unit}
              series={series}
              onZoom={onZoom}
              onPick={onPick}
              pickLabel={pickLabel}
              markers={markers}
            />
            {links && <TimeChartLinks label={links.label} links={links.all} prepared={prepared} scale={scale} />}
          </>
        )}
      </div>
      {below}
    </div>
  );
}
