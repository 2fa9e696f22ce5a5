import type { TRPCClient } from '@trpc/client';
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/trpc/root.ts';
import { ranged } from '#components/time-range/ranged.ts';
import type { TimeWindow } from '#components/time-range/time-window.ts';

type Proxy = TRPCOptionsProxy<AppRouter>;
type Client = TRPCClient<AppRouter>;

/** The lines of an expression over the shared range. */
export function rangeQuery(trpc: Proxy, client: Client, window: TimeWindow, expr: string, stepMs: number) {
  return ranged(trpc.metrics.range.pathKey(), window, { expr, stepMs }, (range, signal) =>
    client.metrics.range.query({ expr, range, stepMs }, { signal }),
  );
}

/** The exemplars behind it over the shared range. */
export function exemplarsQuery(trpc: Proxy, client: Client, window: TimeWindow, expr: string) {
  return ranged(trpc.metrics.exemplars.pathKey(), window, { expr }, (range, signal) =>
    client.metrics.exemplars.query({ expr, range }, { signal }),
  );
}

/** Its values at the end of the range. */
export function instantQuery(trpc: Proxy, client: Client, window: TimeWindow, expr: string) {
  return ranged(trpc.metrics.instant.pathKey(), window, { expr }, (range, signal) =>
    client.metrics.instant.query({ expr, timeMs: range.toMs }, { signal }),
  );
}
