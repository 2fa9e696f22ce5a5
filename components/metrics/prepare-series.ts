import type { RangeData } from '#server/metrics/schema.ts';
import type { ChartSeries } from '#components/chart/prepare-time-chart.ts';
import { seriesName, shortNames } from './series-name.ts';

export interface Step {
  tMs: number;
  place: number;
}

export interface GraphSeries extends ChartSeries<Step> {
  /** Every label of it; also what hides it in the address. */
  fullName: string;
  last: number | null;
}

const COLOURS = 8;

/** What the graph and its legend show: one entry a series, with a name that tells it from the others and a colour of its own place. */
export function prepareSeries({ startMs, stepMs, series }: RangeData): { points: Step[]; series: GraphSeries[] } {
  const steps = series.reduce((most, { values }) => Math.max(most, values.length), 0);
  const names = shortNames(series.map(({ labels }) => labels));
  return {
    points: Array.from({ length: steps }, (_, place) => ({ tMs: startMs + place * stepMs, place })),
    series: series.map(({ labels, values }, at) => ({
      key: String(at),
      label: names[at]!,
      fullName: seriesName(labels),
      colour: `var(--series-${(at % COLOURS) + 1})`,
      last: values.findLast((value) => value !== null) ?? null,
      value: ({ place }) => values[place] ?? null,
    })),
  };
}
