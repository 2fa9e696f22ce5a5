import type { Ctx } from '#server/context.ts';
import { readServiceInstances } from '#server/store/queries/service-instances.ts';
import { readServiceTotals, readServiceTotalsOfMinutes } from '#server/store/queries/service-totals.ts';
import { checkRange } from '#server/time/check-range.ts';
import { planRead } from '#server/time/read-plan.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { readSparklines } from './read-sparklines.ts';
import { readUp } from './read-up.ts';
import type { ServiceSummary } from './schema.ts';

const NS_PER_MS = 1e6;

/** Every service that exported a span in the window, by name. Instances and version are those of its newest part. */
export async function listServices(
  { store, now }: Pick<Ctx, 'store' | 'now'>,
  { range }: { range: TimeRange },
): Promise<ServiceSummary[]> {
  checkRange(range);
  const nowMs = now().getTime();
  const { source, seconds, newest } = planRead(range, nowMs);
  const [totals, instances, up, sparklines] = await Promise.all([
    source === 'spans' ? readServiceTotals(store, range) : readServiceTotalsOfMinutes(store, range),
    readServiceInstances(store, newest),
    readUp(store, range.toMs),
    readSparklines(store, range, source, nowMs),
  ]);
  const instancesOf = Map.groupBy(instances, ({ service }) => service);
  return totals.map(({ service, requests, failed, quantilesNs }) => {
    const own = instancesOf.get(service) ?? [];
    const sparkline = sparklines.get(service);
    return {
      service,
      requestsPerS: requests / seconds,
      errorRatio: requests > 0 ? failed / requests : null,
      latencyMsP50: toMs(quantilesNs[0]),
      latencyMsP95: toMs(quantilesNs[1]),
      latencyMsP99: toMs(quantilesNs[2]),
      instances: own.length,
      version: own[0]?.version || null,
      up: up.byJob.get(service) ?? null,
      lastSeenMs: own[0]?.lastSeenMs ?? sparkline?.lastMs ?? range.fromMs,
      requestsSparkline: sparkline?.requestsPerS ?? [],
    };
  });
}

function toMs(ns: number | undefined): number | null {
  return ns === undefined ? null : ns / NS_PER_MS;
}
