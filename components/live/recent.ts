import type { QueryFunctionContext } from '@tanstack/react-query';
import type { TimeRange } from '#server/time/schema.ts';
import { serverNow } from './server-clock.ts';

/** Marks a query that live ticks keep fresh while its panel is on a visible tab: `useQuery({ ...options, meta: LIVE })`. */
export const LIVE = { live: true } as const;

/**
 * A query over the last `spanMs` under one lasting key, so that its data stays on the screen while a newer window is fetched,
 * and grows visibly old when that fails. `pathKey` is the procedure's (`trpc.topology.get.pathKey()`), so that live events find it.
 */
export function recent<T>(
  pathKey: readonly unknown[],
  spanMs: number,
  fetch: (range: TimeRange, signal: AbortSignal) => Promise<T>,
) {
  return {
    queryKey: [...pathKey, { recentMs: spanMs }],
    queryFn: ({ signal }: QueryFunctionContext) => {
      const toMs = serverNow();
      return fetch({ fromMs: toMs - spanMs, toMs }, signal);
    },
    meta: LIVE,
  };
}
