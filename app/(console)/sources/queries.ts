import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/trpc/root.ts';

/** It reads every table: seldom enough not to be a cost that it would have to show. */
const REFRESH_MS = 15_000;

/** Who sends, what was refused, what it takes. */
export function sourcesQuery(trpc: TRPCOptionsProxy<AppRouter>) {
  return { ...trpc.sources.get.queryOptions(), staleTime: REFRESH_MS, refetchInterval: REFRESH_MS };
}
