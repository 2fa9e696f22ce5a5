import { readLatestSamples } from '#server/store/queries/latest-samples.ts';
import type { Measure } from './measure.ts';

/** The newest scraped value of each series of a metric, as PromQL's instant selector. */
export function latestSample(metric: string): Measure {
  return {
    wokenBy: null,
    read: async ({ store, atMs }) => {
      const samples = await readLatestSamples(store, metric, atMs);
      return samples.map(({ labels, value }) => ({ labels: withoutName(labels), value: value ?? Number.NaN }));
    },
  };
}

/** As PromQL does: the metric's name is not one of an alert's labels. */
function withoutName(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => name !== '__name__'));
}
