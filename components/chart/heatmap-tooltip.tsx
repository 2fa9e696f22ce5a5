'use client';

import { formatDuration } from '#components/format/duration.ts';
import { formatInteger } from '#components/format/number.ts';
import { formatMoment } from '#components/format/time.ts';
import { useZone } from '#components/format/zone.ts';
import { serverNow } from '#components/live/server-clock.ts';
import type { PlotScale } from './plot.ts';
import { rowBounds, type HeatCell, type PreparedHeatmap } from './prepare-heatmap.ts';

const WIDTH = 184;

/** What one cell of the heat map stands for. */
export function HeatmapTooltip({
  heatmap,
  cell,
  scale,
}: {
  heatmap: PreparedHeatmap;
  cell: HeatCell;
  scale: PlotScale;
}) {
  const zone = useZone();
  const fromMs = heatmap.fromMs + cell.column * heatmap.stepMs;
  const right = scale.xOf(fromMs + heatmap.stepMs) + 8;
  const left = right + WIDTH > scale.width ? Math.max(0, scale.xOf(fromMs) - 8 - WIDTH) : right;
  const bounds = rowBounds(heatmap, cell.row);
  return (
    <div
      style={{ left, width: WIDTH }}
      className="pointer-events-none absolute top-1 z-10 rounded-md border border-line-strong bg-raised px-2.5 py-1.5 text-xs shadow-pop"
    >
      <p className="text-ink-muted">{formatMoment(fromMs, { zone, nowMs: serverNow() })}</p>
      <p className="font-medium text-ink">
        {formatDuration(bounds.fromMs)} to {formatDuration(bounds.toMs)}
      </p>
      <p className="text-ink-muted">
        {formatInteger(cell.count)} {cell.count === 1 ? 'trace' : 'traces'}
        {cell.errors > 0 && <span className="text-critical">, {formatInteger(cell.errors)} with errors</span>}
      </p>
      <p className="mt-0.5 text-2xs text-ink-faint">Click or drag to see them</p>
    </div>
  );
}
