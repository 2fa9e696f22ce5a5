import type { TimeRange } from '#server/time/schema.ts';
import { PLOT, type plotScale } from './plot.ts';
import type { PreparedHeatmap } from './prepare-heatmap.ts';

/** A part of a heat map; an end that is missing is open. */
export interface HeatMark {
  fromMs?: number | undefined;
  toMs?: number | undefined;
  minDurationMs?: number | undefined;
  maxDurationMs?: number | undefined;
}

interface HeatmapMarkProps {
  mark: HeatMark;
  heatmap: PreparedHeatmap;
  range: TimeRange;
  scale: ReturnType<typeof plotScale>;
  rowHeight: number;
  bottom: number;
}

/** The frame around the part of a heat map that something else on the page speaks of. */
export function HeatmapMark({ mark, heatmap, range, scale, rowHeight, bottom }: HeatmapMarkProps) {
  const xOf = (ms: number) => scale.xOf(Math.min(range.toMs, Math.max(range.fromMs, ms)));
  const yOf = (ms: number) => {
    const row = Math.log(Math.max(ms, 1e-6) / heatmap.lowestMs) / Math.log(heatmap.ratio);
    return Math.min(bottom, Math.max(PLOT.top, bottom - row * rowHeight));
  };
  const left = xOf(mark.fromMs ?? range.fromMs);
  const upper = mark.maxDurationMs === undefined ? PLOT.top : yOf(mark.maxDurationMs);
  const lower = mark.minDurationMs === undefined ? bottom : yOf(mark.minDurationMs);
  return (
    <rect
      x={left}
      y={upper}
      width={Math.max(0, xOf(mark.toMs ?? range.toMs) - left)}
      height={Math.max(0, lower - upper)}
      fill="none"
      strokeDasharray="4 3"
      className="stroke-accent"
    />
  );
}
