import type { Ctx } from '#server/context.ts';
import { assembleCircuits } from '#server/circuits/assemble-circuits.ts';
import { readUp } from '#server/services/read-up.ts';
import { readCircuitInstances } from '#server/store/queries/circuit-instances.ts';
import { readServiceCalls, readServiceCallsOfMinutes } from '#server/store/queries/service-calls.ts';
import { readServiceInstances } from '#server/store/queries/service-instances.ts';
import { readServiceTotals, readServiceTotalsOfMinutes } from '#server/store/queries/service-totals.ts';
import { readUnnamedCalls } from '#server/store/queries/unnamed-calls.ts';
import { checkRange } from '#server/time/check-range.ts';
import { planRead } from '#server/time/read-plan.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { assembleTopology } from './assemble-topology.ts';
import type { Topology } from './schema.ts';

/** Who calls whom, as the spans of the window tell, with breakers and scrapes as they were at its end. */
export async function getTopology(
  { store, now }: Pick<Ctx, 'store' | 'now'>,
  { range }: { range: TimeRange },
): Promise<Topology> {
  checkRange(range);
  const { source, seconds, newest } = planRead(range, now().getTime());
  const [calls, totals, instances, breakers, up] = await Promise.all([
    source === 'spans' ? readServiceCalls(store, range) : readServiceCallsOfMinutes(store, range, newest),
    source === 'spans' ? readServiceTotals(store, range) : readServiceTotalsOfMinutes(store, range),
    readServiceInstances(store, newest),
    readCircuitInstances(store, range.toMs),
    readUp(store, range.toMs),
  ]);
  // The only join; a fleet that names its peers never pays for it.
  const isUnnamed = calls.some(({ kind, peer, dbSystem }) => kind === 3 && peer === '' && dbSystem === '');
  const joined = isUnnamed ? await readUnnamedCalls(store, newest) : [];
  // A long window is joined over its newest part only: its counts are brought to the length of the others'.
  const stretch = (seconds * 1_000) / Math.min(seconds * 1_000, newest.toMs - newest.fromMs);
  const unnamed = joined.map((call) => ({ ...call, calls: call.calls * stretch, failed: call.failed * stretch }));
  const circuits = assembleCircuits({ rows: breakers, seen: instances, calls: [], callSeconds: 1, nowMs: range.toMs });
  return assembleTopology({
    calls,
    totals,
    unnamed,
    instances,
    circuits,
    up: up.byJob,
    seconds,
    asOfMs: Math.min(range.toMs, now().getTime()),
  });
}
