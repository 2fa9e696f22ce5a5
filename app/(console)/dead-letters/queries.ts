import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { DeadLetterStatus } from '#server/dead-letters/schema.ts';
import type { AppRouter } from '#server/trpc/root.ts';
import { LIVE } from '#components/live/recent.ts';

/** The dead letters of all services. */
export function deadLettersQuery(trpc: TRPCOptionsProxy<AppRouter>, status: DeadLetterStatus) {
  return { ...trpc.deadLetters.list.queryOptions({ status }), meta: LIVE };
}
