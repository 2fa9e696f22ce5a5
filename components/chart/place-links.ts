import { PLOT, type PlotScale } from './plot.ts';
import type { PreparedChart } from './prepare-time-chart.ts';

/** A single moment on a chart that leads somewhere. */
export interface ChartLink {
  key: string;
  tMs: number;
  /** Null for one that is on no scale of this chart: it stands on the time axis. */
  value: number | null;
  href: string;
  /** What it is and where it leads, in words. */
  label: string;
}

export interface PlacedLink extends ChartLink {
  x: number;
  y: number;
  /** Its value is higher than the chart. */
  isAbove: boolean;
}

/** Where links lie in a plot. They never stretch the axis: one slow request must not flatten the line. */
export function placeLinks(
  links: readonly ChartLink[],
  { yMin, yMax }: Pick<PreparedChart, 'yMin' | 'yMax'>,
  scale: PlotScale,
): PlacedLink[] {
  const bottom = PLOT.height - PLOT.bottom;
  return links.flatMap((link): PlacedLink[] => {
    const x = scale.xOf(link.tMs);
    if (x < PLOT.left || x > scale.width - PLOT.right) return [];
    const { value } = link;
    if (value === null || value < yMin) return [{ ...link, x, y: bottom, isAbove: false }];
    if (value > yMax) return [{ ...link, x, y: PLOT.top, isAbove: true }];
    return [{ ...link, x, y: PLOT.top + ((yMax - value) / (yMax - yMin)) * (bottom - PLOT.top), isAbove: false }];
  });
}
