import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/trpc/root.ts';
import { LIVE } from '#components/live/recent.ts';

/** The checks with their last results. */
export function checksQuery(trpc: TRPCOptionsProxy<AppRouter>) {
  return { ...trpc.integrity.list.queryOptions(), meta: LIVE };
}

/** One check with its runs and the rows that it found. */
export function checkQuery(trpc: TRPCOptionsProxy<AppRouter>, name: string) {
  return { ...trpc.integrity.get.queryOptions({ name }), meta: LIVE };
}
