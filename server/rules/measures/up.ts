import { readLatestSamples } from '#server/store/queries/latest-samples.ts';
import type { Measure } from './measure.ts';

/** 1 where the last scrape of a target succeeded, 0 where it failed. */
export const up: Measure = {
  wokenBy: null,
  read: async ({ store, atMs }) => {
    const samples = await readLatestSamples(store, 'up', atMs);
    return samples.map(({ labels, value }) => ({ labels: withoutName(labels), value: value ?? Number.NaN }));
  },
};

/** As PromQL does: the metric's name is not one of an alert's labels. */
function withoutName(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => name !== '__name__'));
}
