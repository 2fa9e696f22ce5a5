import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/trpc/root.ts';

const REFRESH_MS = 15_000;

/** What is kept for how long. */
export function retentionQuery(trpc: TRPCOptionsProxy<AppRouter>) {
  return { ...trpc.retention.get.queryOptions(), staleTime: REFRESH_MS, refetchInterval: REFRESH_MS };
}
