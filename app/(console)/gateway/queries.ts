import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/trpc/root.ts';
import { LIVE } from '#components/live/recent.ts';

/** What is wanted of the gateways and what is in force, the same on the server and in the browser. */
export function configurationQuery(trpc: TRPCOptionsProxy<AppRouter>) {
  return { ...trpc.gateway.configuration.queryOptions(), meta: LIVE };
}

/** What was wanted before. */
export function versionsQuery(trpc: TRPCOptionsProxy<AppRouter>) {
  return { ...trpc.gateway.versions.queryOptions(), meta: LIVE };
}
