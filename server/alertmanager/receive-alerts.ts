import { AppError } from '#server/errors.ts';
import { sendHint } from '#server/live/send-hint.ts';
import { fingerprint } from '#server/rules/fingerprint.ts';
import { endPushed } from '#server/rules/resolve-expired.ts';
import { toSeverity } from '#server/rules/severity.ts';
import type { Db } from '#server/db.ts';
import type { AlertmanagerContext } from './create-alertmanager-api.ts';
import type { PostableAlerts } from './schema.ts';

/** Alertmanager's `resolve_timeout`: how long an alert without an end lasts unless it is sent again. */
const RESOLVE_TIMEOUT_MS = 300_000;
const RULE_KEY = 'api';
const TRANSACTION_MS = 60_000;

/** Takes alerts of another program: begins, refreshes or ends them. From there they are told as the rules' own are. */
export async function receiveAlerts(
  { db, now }: Pick<AlertmanagerContext, 'db' | 'now'>,
  posted: PostableAlerts,
): Promise<void> {
  const at = now();
  const alerts = posted.map((alert) => ({ ...alert, labels: withoutEmpty(alert.labels) }));
  if (alerts.some(({ labels }) => Object.keys(labels).length === 0))
    throw new AppError('BAD_REQUEST', 'An alert needs a label with a value.');
  await db.$transaction(
    async (tx) => {
      for (const alert of alerts) await receiveAlert(tx, alert, at);
    },
    { timeout: TRANSACTION_MS },
  );
}

async function receiveAlert(
  tx: Db,
  { labels, annotations, startsAt, endsAt, generatorURL }: PostableAlerts[number],
  at: Date,
): Promise<void> {
  const print = fingerprint(labels);
  const openKey = `${RULE_KEY}:${print}`;
  const rule = labels.alertname ?? 'Alert';
  const expiresAt = endsAt ?? new Date(at.getTime() + RESOLVE_TIMEOUT_MS);
  const known = await tx.alert.findUnique({ where: { openKey }, select: { id: true, rule: true, fingerprint: true } });
  if (expiresAt <= at) {
    if (known) await endPushed(tx, known, at, 'its sender says that it is over');
    return;
  }
  const fresh = { annotations, expiresAt, generatorUrl: generatorURL || null };
  if (known) {
    await tx.alert.update({ where: { id: known.id }, data: fresh });
    return;
  }
  const activeSince = startsAt && startsAt < at ? startsAt : at;
  const { id, created } = await create();
  if (!created) return;
  await tx.alertEvent.create({ data: { alertId: id, state: 'firing', at, reason: 'another program sent it' } });
  await sendHint(tx, { kind: 'alert', fingerprint: print, rule, state: 'firing' });

  async function create() {
    const severity = toSeverity(labels.severity);
    const data = {
      ruleKey: RULE_KEY,
      rule,
      fingerprint: print,
      openKey,
      state: 'firing' as const,
      severity,
      labels,
      activeSince,
      firedAt: at,
    };
    // Two senders may push the same alert at once: Prometheus runs in pairs.
    const [row] = await tx.alert.createManyAndReturn({
      data: [{ ...data, ...fresh }],
      skipDuplicates: true,
      select: { id: true },
    });
    return { id: row?.id ?? '', created: row !== undefined };
  }
}

function withoutEmpty(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));
}
