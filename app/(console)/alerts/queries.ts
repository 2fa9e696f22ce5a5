import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/trpc/root.ts';
import { LIVE } from '#components/live/recent.ts';

/** Enough to look back over a bad week. */
const RESOLVED_MAX = 100;

/** What the alerts page asks for beside the active alerts, which the frame of every page has. */
export function alertsQueries(trpc: TRPCOptionsProxy<AppRouter>) {
  return {
    resolved: { ...trpc.alerts.list.queryOptions({ state: 'resolved', limit: RESOLVED_MAX }), meta: LIVE },
    rules: { ...trpc.rules.list.queryOptions(), meta: LIVE },
    channels: trpc.channels.list.queryOptions(),
    // Asked again by their panels under the same keys.
    silences: trpc.silences.list.queryOptions(),
    history: trpc.alerts.history.queryOptions({ days: 7 }),
  };
}
