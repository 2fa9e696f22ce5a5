import { alertHref } from '#server/notify/alert-href.ts';
import { matchesAll } from '#server/notify/matchers/matcher.ts';
import { parseMatchers } from '#server/notify/matchers/parse-matchers.ts';
import { findRoutes } from '#server/notify/routing/route.ts';
import { readMutes } from '#server/rules/read-mutes.ts';
import { compilePattern } from '#server/notify/matchers/matcher.ts';
import type { AlertmanagerContext } from './create-alertmanager-api.ts';

const ALERTS_MAX = 5_000;
/** Until when a rule's own alert is said to last; Alertmanager's clients want a time. */
const LASTS_MS = 300_000;

/** The alerts that fire, the rules' own and those that were pushed, as GET /api/v2/alerts gives them. */
export async function listGettableAlerts(ctx: AlertmanagerContext, params: URLSearchParams) {
  const { db, config, now } = ctx;
  const matchers = params.getAll('filter').flatMap(parseMatchers);
  const isAsked = (name: string) => params.get(name) !== 'false';
  const receiver = params.get('receiver') ? compilePattern(params.get('receiver')!) : null;
  const root = config.routing()?.root;
  const [rows, mutesOf] = await Promise.all([
    db.alert.findMany({
      where: { state: 'firing', openKey: { not: null } },
      orderBy: [{ fingerprint: 'asc' }],
      take: ALERTS_MAX,
    }),
    readMutes(ctx),
  ]);
  return rows
    .map((row) => {
      const labels = row.labels as Record<string, string>;
      const { silencedBy, inhibitedBy } = mutesOf(row.id, labels);
      const isMuted = silencedBy.length + inhibitedBy.length > 0;
      const receivers = root ? [...new Set(findRoutes(root, labels).map((route) => route.receiver))] : [];
      return {
        labels,
        annotations: row.annotations as Record<string, string>,
        startsAt: (row.firedAt ?? row.activeSince).toISOString(),
        endsAt: (row.expiresAt ?? new Date(now().getTime() + LASTS_MS)).toISOString(),
        updatedAt: (row.firedAt ?? row.activeSince).toISOString(),
        generatorURL: row.generatorUrl ?? `${config.publicUrl}${alertHref(labels)}`,
        fingerprint: row.fingerprint,
        receivers: receivers.map((name) => ({ name })),
        status: {
          state: isMuted ? 'suppressed' : 'active',
          silencedBy: silencedBy.map(({ id }) => id),
          inhibitedBy: inhibitedBy.map(({ id }) => rows.find((other) => other.id === id)?.fingerprint ?? id),
          mutedBy: [],
        },
      };
    })
    .filter(({ labels, status, receivers }) => {
      if (!matchesAll(matchers, labels)) return false;
      if (receiver && !receivers.some(({ name }) => receiver.matches(name))) return false;
      if (status.silencedBy.length > 0 && !isAsked('silenced')) return false;
      if (status.inhibitedBy.length > 0 && !isAsked('inhibited')) return false;
      return status.state === 'suppressed' || isAsked('active');
    });
}
