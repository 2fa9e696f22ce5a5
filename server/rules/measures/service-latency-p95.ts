import { readLatencyP95 } from '#server/store/queries/latency-quantiles.ts';
import type { Measure } from './measure.ts';

export const serviceLatencyP95: Measure = {
  wokenBy: null,
  read: async ({ store, atMs }) => {
    const quantiles = await readLatencyP95(store, atMs);
    return quantiles.map(({ service, seconds }) => ({ labels: { service }, value: seconds }));
  },
};
