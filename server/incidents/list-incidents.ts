import type { Ctx } from '#server/context.ts';
import { alertHref } from '#server/notify/alert-href.ts';
import { toSeverity } from '#server/rules/severity.ts';
import { toSlo } from '#server/slos/to-slo.ts';
import { gatherIncidents, type FiredAlert } from './gather-incidents.ts';
import { readMissedHours } from './read-missed-hours.ts';
import type { IncidentReport } from './schema.ts';

const DAY_MS = 86_400_000;
/** As long as alerts that ended are kept (server/retention/prune-control.ts). */
const DAYS = 30;
/** More than a month of a bad system has. */
const ALERTS_MAX = 5_000;
const INCIDENTS_MAX = 100;

/** The incidents of the last 30 days, from stored alerts and measured objectives; nothing is entered by hand. */
export async function listIncidents({ db, store, now }: Pick<Ctx, 'db' | 'store' | 'now'>): Promise<IncidentReport> {
  const nowMs = now().getTime();
  const sinceMs = nowMs - DAYS * DAY_MS;
  const [alerts, slos] = await Promise.all([
    db.alert.findMany({
      where: { firedAt: { not: null }, OR: [{ resolvedAt: null }, { resolvedAt: { gt: new Date(sinceMs) } }] },
      orderBy: { firedAt: 'desc' },
      take: ALERTS_MAX,
    }),
    db.slo.findMany(),
  ]);
  const fired = alerts
    .filter(({ severity }) => toSeverity(severity) === 'critical')
    .map(({ id, rule, labels, annotations, firedAt, resolvedAt, acknowledgedAt }): FiredAlert => {
      // Safe because the evaluator and the Alertmanager API, which alone write them, write records of strings.
      const names = labels as Record<string, string>;
      const { summary = rule } = annotations as Record<string, string>;
      return {
        id,
        rule,
        summary,
        href: alertHref(names),
        service: serviceOf(names),
        firedMs: firedAt!.getTime(),
        resolvedMs: resolvedAt?.getTime() ?? null,
        acknowledgedMs: acknowledgedAt?.getTime() ?? null,
      };
    });
  const hours = await readMissedHours(store, slos.map(toSlo), { fromMs: sinceMs, toMs: nowMs });
  return { atMs: nowMs, sinceMs, incidents: gatherIncidents(fired, hours, nowMs).slice(0, INCIDENTS_MAX) };
}

/** Whom it concerned: the called service where a breaker opened, else the one that the labels name. */
function serviceOf(labels: Record<string, string>): string | null {
  if (alertHref(labels).startsWith('/circuits') && labels['name']) return labels['name'];
  return labels['service'] ?? labels['job'] ?? null;
}
