import type { Exposition, Point } from '#server/decode/parse-exposition.ts';
import type { ParsedSeries } from '#server/decode/parse-series.ts';

export interface CreatedTimes {
  /** The samples, without those that are times of creation. */
  points: Point[];
  /** When a series was zero, if that was not long ago. */
  createdMs: (series: ParsedSeries) => number | undefined;
}

const SUFFIX = '_created';
const GROWING = new Set(['counter', 'histogram', 'summary', 'gaugehistogram']);

/**
 * OpenMetrics tells beside counters and histograms when they were created. That is no series of its own: it says that they
 * were zero then, which matters when it was after `afterMs`, the last time that somebody looked.
 */
export function readCreatedTimes({ families, points }: Exposition, afterMs: number): CreatedTimes {
  const isCreated = ({ name }: ParsedSeries) =>
    name.endsWith(SUFFIX) &&
    !families.get(name)?.type &&
    GROWING.has(families.get(name.slice(0, -SUFFIX.length))?.type ?? '');
  if (!points.some(({ series }) => isCreated(series))) return { points, createdMs: () => undefined };
  const times = new Map<string, number>();
  for (const { series, value } of points) {
    if (!isCreated(series)) continue;
    const ms = Math.round(value * 1000);
    if (ms > afterMs) times.set(keyOf(series.name.slice(0, -SUFFIX.length), series), ms);
  }
  return {
    points: points.filter(({ series }) => !isCreated(series)),
    createdMs: (series) =>
      times.size === 0 ? undefined : times.get(keyOf(series.name.replace(/_(?:total|bucket|count|sum)$/, ''), series)),
  };
}

/** What the series of one histogram or summary share. */
function keyOf(family: string, { labels }: ParsedSeries): string {
  const shared = labels.filter(([name]) => name !== 'le' && name !== 'quantile');
  return JSON.stringify([family, shared.toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}
