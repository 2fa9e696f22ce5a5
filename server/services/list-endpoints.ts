import type { Ctx } from '#server/context.ts';
import { readEndpoints, readEndpointsOfMinutes } from '#server/store/queries/endpoints.ts';
import { checkRange } from '#server/time/check-range.ts';
import { planRead } from '#server/time/read-plan.ts';
import { endpointKey, readEndpointSparklines } from './read-endpoint-sparklines.ts';
import type { Endpoint, ServiceInput } from './schema.ts';
import { spanKindName } from './span-kind-name.ts';

const NS_PER_MS = 1e6;

/** The operations that a service served (or did, when it serves nobody), the busiest first. */
export async function listEndpoints(
  { store, now }: Pick<Ctx, 'store' | 'now'>,
  { service, range }: ServiceInput,
): Promise<Endpoint[]> {
  checkRange(range);
  const nowMs = now().getTime();
  const { source, seconds } = planRead(range, nowMs);
  const read = source === 'spans' ? readEndpoints : readEndpointsOfMinutes;
  const [rows, sparklines] = await Promise.all([
    read(store, service, range),
    readEndpointSparklines(store, service, range, source, nowMs),
  ]);
  return rows.map(({ operation, kind, requests, failed, quantilesNs: [p50 = 0, p95 = 0, p99 = 0] }) => ({
    operation,
    kind: spanKindName(kind),
    requestsPerS: requests / seconds,
    count: requests,
    errorRatio: requests > 0 ? failed / requests : null,
    latencyMsP50: p50 / NS_PER_MS,
    latencyMsP95: p95 / NS_PER_MS,
    latencyMsP99: p99 / NS_PER_MS,
    requestsSparkline: sparklines.get(endpointKey({ operation, kind })) ?? [],
  }));
}
