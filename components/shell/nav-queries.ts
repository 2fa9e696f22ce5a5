import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/trpc/root.ts';
import { LIVE } from '#components/live/recent.ts';

/** What the frame of every page asks for; pages that show the same may rely on it being there. */
export function navQueries(trpc: TRPCOptionsProxy<AppRouter>) {
  return {
    circuits: { ...trpc.circuits.list.queryOptions(), meta: LIVE },
    alerts: { ...trpc.alerts.list.queryOptions({ state: 'active' }), meta: LIVE },
  };
}
