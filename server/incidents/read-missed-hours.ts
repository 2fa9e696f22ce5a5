import type { Slo } from '#server/slos/schema.ts';
import type { Store } from '#server/store/client.ts';
import { readAvailabilityCounts, readLatencyCounts, type SloCount } from '#server/store/queries/slo-counts.ts';
import { HOUR_MS, type MissedHour } from './gather-incidents.ts';

/** One failure of three requests at night is no incident, and neither are two of a hundred. */
const REQUESTS_MIN = 20;
const BAD_MIN = 5;

/** The hours in which services kept less than they promise, from what was counted then against what is promised now. */
export async function readMissedHours(
  store: Store,
  slos: readonly Slo[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<MissedHour[]> {
  const groups = Map.groupBy(slos, ({ kind, thresholdMs }) => `${kind} ${thresholdMs}`);
  const missed = await Promise.all(
    [...groups.values()].map(async (group) => {
      const { kind, thresholdMs } = group[0]!;
      const services = [...new Set(group.map(({ service }) => service))];
      const input = { services, fromMs: Math.floor(fromMs / HOUR_MS) * HOUR_MS, toMs, stepMs: HOUR_MS };
      const counts =
        kind === 'latency'
          ? await readLatencyCounts(store, input, thresholdMs)
          : await readAvailabilityCounts(store, input);
      return group.flatMap(({ service, target }) =>
        counts
          .filter((count) => count.service === service && isMissed(count, target))
          .map(({ bucketMs }) => ({ service, kind, thresholdMs, target, hourMs: bucketMs })),
      );
    }),
  );
  return missed.flat();
}

/** Whether an hour counts as missed. */
export function isMissed({ requests, bad }: Pick<SloCount, 'requests' | 'bad'>, target: number): boolean {
  return requests >= REQUESTS_MIN && bad >= BAD_MIN && bad / requests > 1 - target + 1e-9;
}
