import type { TRPCClient } from '@trpc/client';
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { ErrorGroup } from '#server/error-groups/schema.ts';
import type { AppRouter } from '#server/trpc/root.ts';
import { serverNow } from '#components/live/server-clock.ts';
import { ranged } from '#components/time-range/ranged.ts';
import { resolveWindow, type TimeWindow } from '#components/time-range/time-window.ts';

type Proxy = TRPCOptionsProxy<AppRouter>;
type Client = TRPCClient<AppRouter>;

/** What is asked of the groups, as the address holds it. */
interface Filters {
  q: string | null;
  service: string | null;
  source: 'span' | 'log' | null;
  sort: 'count' | 'last' | 'first';
}

/** A week of failures is read for it, and what was old stays old. */
const FIRST_SEEN_STALE_MS = 60_000;

/** The filters as the API takes them. */
export function toGroupsInput(filters: Filters) {
  return {
    text: filters.q?.slice(0, 500) || undefined,
    service: filters.service?.slice(0, 255) || undefined,
    source: filters.source ?? undefined,
    sort: filters.sort,
  };
}

/** What the page of errors asks for at once. */
export function errorsQueries(trpc: Proxy, client: Client, window: TimeWindow, filters: Filters) {
  const input = toGroupsInput(filters);
  return {
    groups: ranged(trpc.errors.groups.pathKey(), window, { input }, (range, signal) =>
      client.errors.groups.query({ ...input, range }, { signal }),
    ),
    services: ranged(trpc.services.list.pathKey(), window, {}, (range, signal) =>
      client.services.list.query({ range }, { signal }),
    ),
  };
}

/** When the shown groups were first seen before the window. */
export function firstSeenQuery(
  trpc: Proxy,
  client: Client,
  window: TimeWindow,
  groups: readonly ErrorGroup[] | undefined,
) {
  const fingerprints = groups?.map(({ fingerprint }) => fingerprint).toSorted() ?? [];
  const services = [...new Set(groups?.map(({ service }) => service))].toSorted();
  return {
    queryKey: [...trpc.errors.firstSeen.pathKey(), { window, fingerprints }],
    queryFn: ({ signal }: { signal: AbortSignal }) => {
      const beforeMs = resolveWindow(window, serverNow()).fromMs;
      return client.errors.firstSeen.query({ beforeMs, fingerprints, services }, { signal });
    },
    enabled: groups !== undefined,
    staleTime: FIRST_SEEN_STALE_MS,
  };
}

/** The newest occurrences of the open group. */
export function samplesQuery(trpc: Proxy, client: Client, window: TimeWindow, group: ErrorGroup | undefined) {
  const { fingerprint = '', service = '' } = group ?? {};
  return {
    ...ranged(trpc.errors.samples.pathKey(), window, { fingerprint }, (range, signal) =>
      client.errors.samples.query({ range, fingerprint, service }, { signal }),
    ),
    // Another group's occurrences are no stand-in.
    placeholderData: undefined,
    enabled: group !== undefined,
  };
}
