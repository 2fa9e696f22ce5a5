import type { Alert, Prisma, PrismaClient } from '#prisma/generated/client.ts';
import type { Config } from '#server/config/open-config.ts';
import type { Db } from '#server/db.ts';
import { assertHeld, type Lease } from '#server/leadership/lease.ts';
import { resolveExpired } from '#server/rules/resolve-expired.ts';
import { alertRulesOf } from '#server/rules/rule.ts';
import { readSilences } from '#server/silences/read-silences.ts';
import { toSeverity } from '#server/rules/severity.ts';
import { CHANNEL_KINDS } from '../channels/kinds.ts';
import type { NotificationContent, NotifiedAlert } from '../notification-content.ts';
import type { ChannelConfig } from '../parse-channels-file.ts';
import { planNotifications, type Plan, type Telling, type ToldGroup } from './plan-notifications.ts';

export interface PipelineContext {
  db: PrismaClient;
  config: Pick<Config, 'channels' | 'routing' | 'rules'>;
  lease: Lease;
  now: () => Date;
}

export interface Flushed {
  /** How many notifications went into the outbox. */
  queued: number;
  /** When time alone would change something, or null. */
  dueMs: number | null;
}

/** More than this at once is one fault, and nobody reads the rest. */
const FIRING_MAX = 5_000;
const ALERTS_TOLD_MAX = 100;
const TRANSACTION_MS = 30_000;

/** Decides what is to be told now, and writes outbox and groups in one transaction: a process that dies leaves both or neither. */
export async function flushGroups({ db, config, lease, now }: PipelineContext): Promise<Flushed> {
  const at = now();
  return db.$transaction(
    async (tx) => {
      await assertHeld(tx, lease);
      const { nextExpiryMs } = await resolveExpired(tx, at);
      const routing = config.routing();
      if (!routing) return { queued: 0, dueMs: nextExpiryMs };
      const firing = await tx.alert.findMany({
        where: { state: 'firing', openKey: { not: null } },
        orderBy: [{ firedAt: 'asc' }, { id: 'asc' }],
        take: FIRING_MAX,
      });
      const groups = (await tx.alertGroup.findMany()).map(toToldGroup);
      const ended = await readEnded(tx, firing, groups);
      const channels = config.channels.values().filter(({ send }) => send !== null);
      const plan = planNotifications({
        alerts: firing.map((row) => ({
          id: row.id,
          fingerprint: row.fingerprint,
          labels: row.labels as Record<string, string>,
          firedMs: (row.firedAt ?? row.activeSince).getTime(),
          isAcknowledged: row.acknowledgedAt !== null,
        })),
        ended: new Map([...ended.values()].map((row) => [row.id, row.labels as Record<string, string>])),
        groups,
        silences: await readSilences(tx, at),
        routing,
        channels: new Set(channels.map(({ name }) => name)),
        nowMs: at.getTime(),
      });
      const rows = new Map([...firing.map((row) => [row.id, row] as const), ...ended]);
      const exprOf = new Map(alertRulesOf(config.rules.values()).map(({ key, exprText }) => [key, exprText]));
      const describe = (id: string) => toNotified(rows.get(id)!, exprOf);
      const messages = plan.tellings.flatMap((telling) => {
        const channel = channels.find(({ name }) => name === telling.channel)!;
        return messagesOf(telling, channel, describe);
      });
      await save(tx, plan, messages, at);
      const due = [plan.dueMs, nextExpiryMs].filter((ms) => ms !== null);
      return { queued: messages.length, dueMs: due.length > 0 ? Math.min(...due) : null };
    },
    { timeout: TRANSACTION_MS },
  );
}

/** The alerts that a group was told of and that no longer fire. */
async function readEnded(tx: Db, firing: readonly Alert[], groups: readonly ToldGroup[]): Promise<Map<string, Alert>> {
  const open = new Set(firing.map(({ id }) => id));
  const ids = [...new Set(groups.flatMap(({ told }) => Object.values(told)))].filter((id) => !open.has(id));
  if (ids.length === 0) return new Map();
  const rows = await tx.alert.findMany({ where: { id: { in: ids }, state: 'resolved' } });
  return new Map(rows.map((row) => [row.id, row]));
}

interface Message {
  channel: string;
  event: 'firing' | 'resolved';
  content: NotificationContent;
}

function messagesOf(
  { channel, groupKey, groupLabels, firing, fresh, resolved, reason }: Telling,
  { kind, sendResolved }: Pick<ChannelConfig, 'kind' | 'sendResolved'>,
  describe: (id: string) => NotifiedAlert,
): Message[] {
  const isRepeat = fresh.length + resolved.length === 0;
  const ended = sendResolved ? resolved : [];
  // The end of an alert is no reason to tell the others again.
  if (!isRepeat && fresh.length + ended.length === 0) return [];
  const message = (ids: readonly string[]): Message => {
    const alerts = ids.slice(0, ALERTS_TOLD_MAX).map(describe);
    const event = alerts.some(({ status }) => status === 'firing') ? 'firing' : 'resolved';
    const truncatedAlerts = ids.length - alerts.length;
    return { channel, event, content: { groupKey, groupLabels, alerts, truncatedAlerts, reason } };
  };
  if (!CHANNEL_KINDS[kind].eachAlert) return [message([...firing, ...ended])];
  return [...ended, ...(isRepeat ? firing : fresh)].map((id) => message([id]));
}

async function save(tx: Db, { groups }: Plan, messages: readonly Message[], at: Date): Promise<void> {
  for (const { channel, event, content } of messages) {
    const told = content.alerts.map(({ alertId, status }) => ({ alertId: alertId!, event: status }));
    await tx.notification.create({
      data: { channel, event, content, createdAt: at, nextAttemptAt: at, alerts: { createMany: { data: told } } },
      select: { id: true },
    });
  }
  for (const { key, channel, routeKey, labels, told, notifiedMs } of groups.save) {
    const data = { routeKey, labels, told, notifiedAt: new Date(notifiedMs) };
    await tx.alertGroup.upsert({
      where: { key_channel: { key, channel } },
      create: { key, channel, ...data },
      update: data,
    });
  }
  if (groups.remove.length > 0)
    await tx.alertGroup.deleteMany({ where: { OR: groups.remove.map(({ key, channel }) => ({ key, channel })) } });
}

function toNotified(row: Alert, exprOf: ReadonlyMap<string, string>): NotifiedAlert {
  return {
    alertId: row.id,
    fingerprint: row.fingerprint,
    status: row.state === 'resolved' ? 'resolved' : 'firing',
    rule: row.rule,
    severity: toSeverity(row.severity),
    labels: row.labels as Record<string, string>,
    annotations: row.annotations as Record<string, string>,
    value: row.value,
    expr: exprOf.get(row.ruleKey) ?? '',
    activeSinceMs: row.activeSince.getTime(),
    firedMs: row.firedAt?.getTime() ?? null,
    resolvedMs: row.resolvedAt?.getTime() ?? null,
    generatorUrl: row.generatorUrl,
  };
}

function toToldGroup({ notifiedAt, labels, told, ...row }: Prisma.AlertGroupModel): ToldGroup {
  return {
    ...row,
    labels: labels as Record<string, string>,
    told: told as Record<string, string>,
    notifiedMs: notifiedAt.getTime(),
  };
}
