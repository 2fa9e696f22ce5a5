import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/trpc/root.ts';

/** The figures are over days: a minute is soon enough. */
const REFRESH_MS = 60_000;

/** Every objective with how it stands. */
export function healthQuery(trpc: TRPCOptionsProxy<AppRouter>) {
  return { ...trpc.slos.health.queryOptions(), staleTime: REFRESH_MS, refetchInterval: REFRESH_MS };
}

/** The times in which objectives were missed or critical alerts fired. */
export function incidentsQuery(trpc: TRPCOptionsProxy<AppRouter>) {
  return { ...trpc.incidents.list.queryOptions(), staleTime: REFRESH_MS, refetchInterval: REFRESH_MS };
}
