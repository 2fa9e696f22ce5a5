'use client';

import { formatMoment } from '#components/format/time.ts';
import { useZone } from '#components/format/zone.ts';
import { serverNow } from '#components/live/server-clock.ts';
import type { PlotScale } from './plot.ts';
import type { ChartRow } from './prepare-time-chart.ts';
import { UNITS, type Unit } from './unit.ts';

interface TimeChartTooltipProps {
  row: ChartRow;
  x: number;
  scale: PlotScale;
  unit: Unit;
  series: readonly { key: string; label: string; colour: string }[];
  pickLabel?: string | undefined;
}

const WIDTH = 196;
const GAP = 12;

/** The values of all series at one moment, on the side of the crosshair that has room. */
export function TimeChartTooltip({ row, x, scale, unit, series, pickLabel }: TimeChartTooltipProps) {
  const zone = useZone();
  const left = x + GAP + WIDTH > scale.width ? Math.max(0, x - GAP - WIDTH) : x + GAP;
  return (
    <div
      role="status"
      style={{ left, width: WIDTH }}
      className="pointer-events-none absolute top-1 z-10 rounded-md border border-line-strong bg-raised px-2.5 py-1.5 text-xs shadow-pop"
    >
      <p className="text-ink-muted">{formatMoment(row.tMs, { zone, nowMs: serverNow() })}</p>
      <ul>
        {series.map(({ key, label, colour }) => (
          <li key={key} className="flex items-center gap-1.5">
            <svg aria-hidden width="8" height="8">
              <rect width="8" height="8" rx="2" fill={colour} />
            </svg>
            <span className="text-ink-muted">{label}</span>
            <span className="ml-auto font-medium text-ink">{UNITS[unit].format(row.values[key] ?? null)}</span>
          </li>
        ))}
      </ul>
      {pickLabel && <p className="mt-0.5 text-2xs text-ink-faint">Click for {pickLabel} · drag to zoom</p>}
    </div>
  );
}
