// Not a client module: pages that prefetch on the server build the same queries.
import { keepPreviousData, type QueryFunctionContext } from '@tanstack/react-query';
import type { TimeRange } from '#server/time/schema.ts';
import { LIVE } from '#components/live/recent.ts';
import { serverNow } from '#components/live/server-clock.ts';
import { resolveWindow, type TimeWindow } from './time-window.ts';

/** What was once measured changes no more, but spans of a trace arrive late. */
const FIXED_STALE_MS = 60_000;

/**
 * A query over the shared window. While that is live it has one lasting key and is refreshed; over a fixed stretch it is asked once.
 * The answer for the window before stays on the screen until the new one is there. `input` is everything else that the answer depends on.
 */
export function ranged<T>(
  pathKey: readonly unknown[],
  window: TimeWindow,
  input: object,
  fetch: (range: TimeRange, signal: AbortSignal) => Promise<T>,
) {
  return {
    queryKey: [...pathKey, { window, ...input }],
    queryFn: ({ signal }: QueryFunctionContext) => fetch(resolveWindow(window, serverNow()), signal),
    placeholderData: keepPreviousData<T>,
    ...(window.kind === 'live' ? { meta: LIVE } : { staleTime: FIXED_STALE_MS }),
  };
}
