import type { Ctx } from '#server/context.ts';
import {
  readAvailabilityCounts,
  readLatencyCounts,
  type SloCount,
  type SloCountsInput,
} from '#server/store/queries/slo-counts.ts';
import { readServedServices } from '#server/store/queries/served-services.ts';
import { assessSlo } from './assess-slo.ts';
import type { HealthReport, Slo, SloHealth } from './schema.ts';
import { DAY_MS, DAYS_SHOWN, sumSince, toDays } from './sum-counts.ts';
import { toSlo } from './to-slo.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Every objective with how it stands now and how each of the last 90 days went. */
export async function getHealth({ db, store, now }: Pick<Ctx, 'db' | 'store' | 'now'>): Promise<HealthReport> {
  const nowMs = now().getTime();
  const slos = (await db.slo.findMany({ orderBy: [{ service: 'asc' }, { kind: 'asc' }] })).map(toSlo);
  const [measured, served] = await Promise.all([
    measure(store, slos, nowMs),
    readServedServices(store, nowMs - 7 * DAY_MS),
  ]);
  const watched = new Set(slos.map(({ service }) => service));
  return {
    atMs: nowMs,
    objectives: slos.map((slo) => judge(slo, measured.get(measureKey(slo)), nowMs)),
    unwatched: served.filter((service) => !watched.has(service)),
  };
}

interface Measured {
  days: SloCount[];
  hours: SloCount[];
  minutes: SloCount[];
}

/** Days for the bars, hours for the window, minutes for the pace: each as coarse as its question allows. One reading serves all objectives of a kind. */
async function measure(store: Ctx['store'], slos: readonly Slo[], nowMs: number): Promise<Map<string, Measured>> {
  const groups = Map.groupBy(slos, ({ kind, thresholdMs }) => `${kind} ${thresholdMs}`);
  const all = new Map<string, Measured>();
  for (const group of groups.values()) {
    const { kind, thresholdMs } = group[0]!;
    const services = [...new Set(group.map(({ service }) => service))];
    const read = (input: Omit<SloCountsInput, 'services'>) =>
      kind === 'latency'
        ? readLatencyCounts(store, { services, ...input }, thresholdMs)
        : readAvailabilityCounts(store, { services, ...input });
    const windowDays = Math.max(...group.map((slo) => slo.windowDays));
    const [days, hours, minutes] = await Promise.all([
      read({ fromMs: startOfDay(nowMs) - (DAYS_SHOWN - 1) * DAY_MS, toMs: nowMs, stepMs: DAY_MS }),
      read({ fromMs: nowMs - windowDays * DAY_MS, toMs: nowMs, stepMs: HOUR_MS }),
      read({ fromMs: nowMs - 6 * HOUR_MS, toMs: nowMs, stepMs: MINUTE_MS }),
    ]);
    for (const slo of group) {
      const own = ({ service }: SloCount) => service === slo.service;
      all.set(measureKey(slo), { days: days.filter(own), hours: hours.filter(own), minutes: minutes.filter(own) });
    }
  }
  return all;
}

function judge(slo: Slo, measured: Measured | undefined, nowMs: number): SloHealth {
  const { days, hours, minutes } = measured ?? { days: [], hours: [], minutes: [] };
  const windowFromMs = nowMs - slo.windowDays * DAY_MS;
  const window = sumSince(hours, windowFromMs - HOUR_MS);
  const counted = {
    window,
    h1: sumSince(minutes, nowMs - HOUR_MS),
    h6: sumSince(minutes, nowMs - 6 * HOUR_MS),
  };
  const firstMs = days[0]?.bucketMs ?? null;
  return {
    ...slo,
    ...assessSlo(slo, counted),
    requests: window.requests,
    bad: window.bad,
    measuredSinceMs: firstMs !== null && firstMs > windowFromMs ? firstMs : null,
    days: toDays(days, nowMs),
  };
}

function measureKey({ service, kind, thresholdMs, windowDays }: Slo): string {
  return `${service} ${kind} ${thresholdMs} ${windowDays}`;
}

function startOfDay(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}
