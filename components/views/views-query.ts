import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/trpc/root.ts';

/** What people saved; others may have saved more since this tab was opened. */
export function viewsQuery(trpc: TRPCOptionsProxy<AppRouter>) {
  return trpc.views.list.queryOptions();
}
