import { readBadGatewayRatios } from '#server/store/queries/bad-gateway-ratios.ts';
import type { Measure } from './measure.ts';

export const serviceBadGatewayRatio: Measure = {
  wokenBy: null,
  read: async ({ store, atMs }) => {
    const ratios = await readBadGatewayRatios(store, atMs);
    return ratios.map(({ service, ratio }) => ({ labels: { service }, value: ratio }));
  },
};
