import type { TRPCClient } from '@trpc/client';
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/trpc/root.ts';
import { recent } from '#components/live/recent.ts';

/** Long enough that a quiet service still shows, short enough that a mended one soon looks mended. */
export const DIAGRAM_WINDOW_MS = 5 * 60_000;
const CHANGES_WINDOW_MS = 60 * 60_000;
/** What says the same is folded: a breaker that tries again every half minute says two things a minute. */
const CHANGES_MAX = 100;

/** What the overview asks for beside what the frame of every page does, the same on the server and in the browser. */
export function overviewQueries(trpc: TRPCOptionsProxy<AppRouter>, client: TRPCClient<AppRouter>) {
  return {
    topology: recent(trpc.topology.get.pathKey(), DIAGRAM_WINDOW_MS, (range, signal) =>
      client.topology.get.query({ range }, { signal }),
    ),
    changes: recent(trpc.changes.list.pathKey(), CHANGES_WINDOW_MS, (range, signal) =>
      client.changes.list.query({ range, limit: CHANGES_MAX }, { signal }),
    ),
  };
}
