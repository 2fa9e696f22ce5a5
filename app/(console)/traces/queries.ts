import type { TRPCClient } from '@trpc/client';
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { TraceSelection } from '#server/traces/schema.ts';
import type { AppRouter } from '#server/trpc/root.ts';
import { ranged } from '#components/time-range/ranged.ts';
import type { TimeWindow } from '#components/time-range/time-window.ts';
import { toSearchInput, type TraceFilters } from '#components/trace/trace-filters.ts';

type Proxy = TRPCOptionsProxy<AppRouter>;
type Client = TRPCClient<AppRouter>;

const TRACES = 100;
const EXPLAINED_STALE_MS = 60_000;

/** What the search for traces asks for. */
export function tracesQueries(trpc: Proxy, client: Client, window: TimeWindow, filters: TraceFilters) {
  const input = toSearchInput(filters);
  const service = input.service;
  return {
    search: ranged(trpc.traces.search.pathKey(), window, { input }, (range, signal) =>
      client.traces.search.query({ ...input, range, limit: TRACES }, { signal }),
    ),
    heatmap: ranged(trpc.traces.heatmap.pathKey(), window, { input: { ...input, sort: undefined } }, (range, signal) =>
      client.traces.heatmap.query({ ...input, range }, { signal }),
    ),
    services: ranged(trpc.services.list.pathKey(), window, {}, (range, signal) =>
      client.services.list.query({ range }, { signal }),
    ),
    operations: ranged(trpc.traces.operations.pathKey(), window, { service }, (range, signal) =>
      client.traces.operations.query({ range, service }, { signal }),
    ),
  };
}

/** What is different about the selected ones of these traces. */
export function explainQuery(
  trpc: Proxy,
  client: Client,
  window: TimeWindow,
  filters: TraceFilters,
  selection: TraceSelection | null,
) {
  const { sort: _sort, ...input } = toSearchInput(filters);
  const { queryKey, queryFn } = ranged(trpc.traces.explain.pathKey(), window, { input, selection }, (range, signal) =>
    client.traces.explain.query({ ...input, range, selection: selection ?? {} }, { signal }),
  );
  // Asked once, over a live window too: what somebody reads must not change under them.
  return { queryKey, queryFn, staleTime: EXPLAINED_STALE_MS };
}
