import type { TRPCClient } from '@trpc/client';
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/trpc/root.ts';
import { recent } from '#components/live/recent.ts';

/** The API gives no more at once; the page says so when it is reached. */
export const TRANSITIONS_MAX = 500;
export const LIVE_WINDOW_MS = 60 * 60_000;

/** The transitions of the last hour, the same on the server and in the browser. */
export function liveTransitions(trpc: TRPCOptionsProxy<AppRouter>, client: TRPCClient<AppRouter>) {
  return recent(trpc.circuits.transitions.pathKey(), LIVE_WINDOW_MS, (range, signal) =>
    client.circuits.transitions.query({ range, limit: TRANSITIONS_MAX }, { signal }),
  );
}
