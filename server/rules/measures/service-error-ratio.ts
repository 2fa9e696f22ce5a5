import { readErrorRatios } from '#server/store/queries/error-ratios.ts';
import type { Measure } from './measure.ts';

export const serviceErrorRatio: Measure = {
  wokenBy: null,
  read: async ({ store, atMs }) => {
    const ratios = await readErrorRatios(store, atMs);
    return ratios.map(({ service, ratio }) => ({ labels: { service }, value: ratio }));
  },
};
