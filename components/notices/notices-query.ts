import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/trpc/root.ts';

/** Live events say when something is new; what such an event got lost of is seen after this. */
const REFRESH_MS = 60_000;

export function noticesQuery(trpc: TRPCOptionsProxy<AppRouter>) {
  return { ...trpc.notices.list.queryOptions({}), refetchInterval: REFRESH_MS };
}
