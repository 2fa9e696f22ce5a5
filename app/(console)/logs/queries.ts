import type { QueryFunctionContext } from '@tanstack/react-query';
import type { TRPCClient } from '@trpc/client';
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { LogLine } from '#server/logs/schema.ts';
import type { AppRouter } from '#server/trpc/root.ts';
import { toLogInput, type LogFilters } from '#components/log/log-filters.ts';
import { mergeLines, tailFrom } from '#components/log/merge-lines.ts';
import { serverNow } from '#components/live/server-clock.ts';
import { ranged } from '#components/time-range/ranged.ts';
import { resolveWindow, type TimeWindow } from '#components/time-range/time-window.ts';

type Proxy = TRPCOptionsProxy<AppRouter>;
type Client = TRPCClient<AppRouter>;

export const LINES_MAX = 500;
/** Only what is new is asked for, so it may be often. */
const TAIL_MS = 2_000;

/** What the search for lines asks for. */
export function logsQueries(trpc: Proxy, client: Client, window: TimeWindow, filters: LogFilters) {
  const input = toLogInput(filters);
  return {
    lines: linesQuery(trpc, client, window, input),
    histogram: ranged(trpc.logs.histogram.pathKey(), window, { input }, (range, signal) =>
      client.logs.histogram.query({ ...input, range }, { signal }),
    ),
    facets: ranged(trpc.logs.facets.pathKey(), window, { input }, (range, signal) =>
      client.logs.facets.query({ ...input, range }, { signal }),
    ),
    services: ranged(trpc.services.list.pathKey(), window, {}, (range, signal) =>
      client.services.list.query({ range }, { signal }),
    ),
  };
}

function linesQuery(trpc: Proxy, client: Client, window: TimeWindow, input: ReturnType<typeof toLogInput>) {
  const live = window.kind === 'live';
  return {
    ...ranged<LogLine[]>(trpc.logs.search.pathKey(), window, { input, limit: LINES_MAX }, () => Promise.resolve([])),
    queryFn: async ({ signal, client: cache, queryKey }: QueryFunctionContext) => {
      const range = resolveWindow(window, serverNow());
      const known = live ? cache.getQueryData<LogLine[]>(queryKey) : undefined;
      const sinceMs = tailFrom(known, range);
      const asked = { ...input, range: { fromMs: sinceMs, toMs: range.toMs }, limit: LINES_MAX };
      const fresh = await client.logs.search.query(asked, { signal });
      return mergeLines(known ?? [], fresh, { sinceMs, range, limit: LINES_MAX });
    },
    refetchInterval: live ? TAIL_MS : (false as const),
  };
}
