import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/trpc/root.ts';
import { LIVE } from '#components/live/recent.ts';

/** Both histories: which of the two runs decides whether the other may begin. */
export function loadTestQueries(trpc: TRPCOptionsProxy<AppRouter>) {
  return {
    tests: { ...trpc.loadTests.list.queryOptions(), meta: LIVE },
    drills: { ...trpc.drills.list.queryOptions(), meta: LIVE },
  };
}
