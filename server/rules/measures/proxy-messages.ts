import { readProxyMessages } from '#server/store/queries/proxy-messages.ts';
import type { Measure } from './measure.ts';

export const proxyMessages: Measure = {
  wokenBy: null,
  read: async ({ store, atMs }) => {
    const counts = await readProxyMessages(store, atMs);
    return counts.map(({ service, messages }) => ({ labels: { service }, value: messages }));
  },
};
