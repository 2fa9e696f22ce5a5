import type { TimeRange } from '#server/time/schema.ts';

/** Every chart over time has the same frame, so that a moment lies at the same place in panels of one width. */
export const PLOT = { height: 176, left: 52, right: 10, top: 8, bottom: 22 } as const;

export interface PlotScale {
  width: number;
  xOf: (tMs: number) => number;
  timeOf: (x: number) => number;
}

/** Where moments lie in a plot of `width` pixels; `timeOf` holds to the range. */
export function plotScale(width: number, range: TimeRange): PlotScale {
  const inner = Math.max(1, width - PLOT.left - PLOT.right);
  const spanMs = range.toMs - range.fromMs;
  return {
    width,
    xOf: (tMs) => PLOT.left + ((tMs - range.fromMs) / spanMs) * inner,
    timeOf: (x) => range.fromMs + (Math.min(inner, Math.max(0, x - PLOT.left)) / inner) * spanMs,
  };
}
