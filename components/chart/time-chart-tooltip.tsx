'use client';

import { formatMoment } from '#components/format/time.ts';
import { useZone } from '#components/format/zone.ts';
import { serverNow } from '#components/live/server-clock.ts';
import { TONE_VAR } from '#components/ui/tone.ts';
import type { ChartMarker } from './chart-marker.ts';
import type { PlotScale } from './plot.ts';
import type { ChartRow } from './prepare-time-chart.ts';
import { UNITS, type Unit } from './unit.ts';

interface TimeChartTooltipProps {
  row: ChartRow;
  /** The markers at this moment. */
  markers: readonly ChartMarker[];
  x: number;
  scale: PlotScale;
  unit: Unit;
  series: readonly { key: string; label: string; colour: string }[];
  pickLabel?: string | undefined;
}

const WIDTH = 196;
/** For names that are whole label sets. */
const WIDTH_LONG = 320;
const NAME_LONG = 18;
const GAP = 12;
/** More lines would be higher than the chart. */
const LINES_MAX = 8;

/** The values of all series at one moment, on the side of the crosshair that has room. */
export function TimeChartTooltip({ row, markers, x, scale, unit, series, pickLabel }: TimeChartTooltipProps) {
  const zone = useZone();
  const wanted = markers.length > 0 || series.some(({ label }) => label.length > NAME_LONG) ? WIDTH_LONG : WIDTH;
  const width = Math.min(wanted, Math.max(WIDTH, scale.width / 2));
  const lines = highest(series, row);
  const left = x + GAP + width > scale.width ? Math.max(0, x - GAP - width) : x + GAP;
  return (
    <div
      role="status"
      style={{ left, width }}
      className="pointer-events-none absolute top-1 z-10 rounded-md border border-line-strong bg-raised px-2.5 py-1.5 text-xs shadow-pop"
    >
      <p className="text-ink-muted">{formatMoment(row.tMs, { zone, nowMs: serverNow() })}</p>
      {markers.map(({ tMs, label, tone }) => (
        <p
          key={`${tMs} ${label}`}
          className="my-0.5 border-l-2 pl-1.5 text-ink"
          style={{ borderColor: TONE_VAR[tone] }}
        >
          {label}
        </p>
      ))}
      <ul>
        {lines.map(({ key, label, colour }) => (
          <li key={key} className="flex items-center gap-1.5">
            <svg aria-hidden width="8" height="8" className="shrink-0">
              <rect width="8" height="8" rx="2" fill={colour} />
            </svg>
            <span className="min-w-0 truncate text-ink-muted">{label}</span>
            <span className="ml-auto shrink-0 font-medium text-ink">{UNITS[unit].format(row.values[key] ?? null)}</span>
          </li>
        ))}
      </ul>
      {series.length > lines.length && (
        <p className="mt-0.5 text-2xs text-ink-faint">and {series.length - lines.length} lower</p>
      )}
      {pickLabel && <p className="mt-0.5 text-2xs text-ink-faint">Click for {pickLabel} · drag to zoom</p>}
    </div>
  );
}

/** All series in their order, or of many the highest at this moment. */
function highest<S extends { key: string }>(series: readonly S[], row: ChartRow): readonly S[] {
  if (series.length <= LINES_MAX) return series;
  const valueOf = ({ key }: S) => row.values[key] ?? -Infinity;
  return series.toSorted((a, b) => valueOf(b) - valueOf(a)).slice(0, LINES_MAX);
}
