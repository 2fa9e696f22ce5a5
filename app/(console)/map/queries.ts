import type { TRPCClient } from '@trpc/client';
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/trpc/root.ts';
import { ranged } from '#components/time-range/ranged.ts';
import type { TimeWindow } from '#components/time-range/time-window.ts';

/** Who called whom in the window. */
export function mapQuery(trpc: TRPCOptionsProxy<AppRouter>, client: TRPCClient<AppRouter>, window: TimeWindow) {
  return ranged(trpc.topology.get.pathKey(), window, {}, (range, signal) =>
    client.topology.get.query({ range }, { signal }),
  );
}
