import type { TRPCClient } from '@trpc/client';
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/trpc/root.ts';
import { ranged } from '#components/time-range/ranged.ts';
import type { TimeWindow } from '#components/time-range/time-window.ts';

/** Retries and wasted work of the shown window, the same on the server and in the browser. */
export function shownEfforts(trpc: TRPCOptionsProxy<AppRouter>, client: TRPCClient<AppRouter>, window: TimeWindow) {
  return ranged(trpc.circuits.efforts.pathKey(), window, {}, (range, signal) =>
    client.circuits.efforts.query({ range }, { signal }),
  );
}

/** The API gives no more at once; the page says so when it is reached. */
export const TRANSITIONS_MAX = 500;

/** The transitions of the shown window, the same on the server and in the browser. */
export function shownTransitions(trpc: TRPCOptionsProxy<AppRouter>, client: TRPCClient<AppRouter>, window: TimeWindow) {
  return ranged(trpc.circuits.transitions.pathKey(), window, {}, (range, signal) =>
    client.circuits.transitions.query({ range, limit: TRANSITIONS_MAX }, { signal }),
  );
}
