import type { TRPCClient } from '@trpc/client';
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#server/trpc/root.ts';
import { RED_BUCKETS } from '#components/service/red-series.ts';
import { ranged } from '#components/time-range/ranged.ts';
import type { TimeWindow } from '#components/time-range/time-window.ts';

type Proxy = TRPCOptionsProxy<AppRouter>;
type Client = TRPCClient<AppRouter>;

const LOG_LINES = 100;
/** The API gives no more at once. */
const TRANSITIONS_MAX = 500;

/** The services that were seen in the window. */
export function servicesQuery(trpc: Proxy, client: Client, window: TimeWindow) {
  return ranged(trpc.services.list.pathKey(), window, {}, (range, signal) =>
    client.services.list.query({ range }, { signal }),
  );
}

/** What the page of one service asks for. */
export function serviceQueries(trpc: Proxy, client: Client, window: TimeWindow, service: string) {
  const input = { service };
  return {
    series: ranged(trpc.services.series.pathKey(), window, input, (range, signal) =>
      client.services.series.query({ service, range, buckets: RED_BUCKETS }, { signal }),
    ),
    endpoints: ranged(trpc.services.endpoints.pathKey(), window, input, (range, signal) =>
      client.services.endpoints.query({ service, range }, { signal }),
    ),
    instances: ranged(trpc.services.instances.pathKey(), window, input, (range, signal) =>
      client.services.instances.query({ service, range }, { signal }),
    ),
    errors: ranged(trpc.services.errors.pathKey(), window, input, (range, signal) =>
      client.services.errors.query({ service, range }, { signal }),
    ),
    deploys: ranged(trpc.deploys.list.pathKey(), window, input, (range, signal) =>
      client.deploys.list.query({ service, range }, { signal }),
    ),
    transitions: ranged(trpc.circuits.transitions.pathKey(), window, { name: service }, (range, signal) =>
      client.circuits.transitions.query({ name: service, range, limit: TRANSITIONS_MAX }, { signal }),
    ),
    topology: ranged(trpc.topology.get.pathKey(), window, {}, (range, signal) =>
      client.topology.get.query({ range }, { signal }),
    ),
    logs: ranged(trpc.logs.search.pathKey(), window, input, (range, signal) =>
      client.logs.search.query({ service, range, limit: LOG_LINES }, { signal }),
    ),
  };
}

/** What stands further down and reads more: asked for once the page is there. */
export function slowQueries(trpc: Proxy, client: Client, window: TimeWindow, service: string) {
  const input = { service };
  return {
    heatmap: ranged(trpc.traces.heatmap.pathKey(), window, { input }, (range, signal) =>
      client.traces.heatmap.query({ service, range }, { signal }),
    ),
    slowRequests: ranged(trpc.services.slowRequests.pathKey(), window, input, (range, signal) =>
      client.services.slowRequests.query({ service, range }, { signal }),
    ),
  };
}
