import type { Db } from '#server/db.ts';
import { sendHint } from '#server/live/send-hint.ts';
import type { AlertTransition, Decision, Episode } from './decide.ts';
import type { AlertRule } from './rule.ts';
import { toSeverity } from './severity.ts';

export interface RecordInput {
  rule: Pick<AlertRule, 'key' | 'name'>;
  previous: readonly Episode[];
  decision: Decision;
  now: Date;
}

/** Writes what was decided: the alerts and their history. Who is told of it is decided from there (notify/routing), so nobody is told what is not stored. */
export async function recordDecision(tx: Db, { rule, previous, decision, now }: RecordInput): Promise<void> {
  const before = new Map(previous.map((episode) => [episode.fingerprint, episode]));
  for (const episode of decision.next) {
    const known = before.get(episode.fingerprint);
    if (!known) await tx.alert.create({ data: { ...identityOf(rule, episode), ...columnsOf(episode) } });
    else if (hasChanged(known, episode))
      await tx.alert.update({ where: { openKey: openKey(rule, episode) }, data: columnsOf(episode) });
  }
  for (const transition of decision.transitions) {
    await recordTransition(tx, rule, transition, now);
    const { fingerprint } = transition.episode;
    const state = transition.to === 'dropped' ? 'inactive' : transition.to;
    await sendHint(tx, { kind: 'alert', fingerprint, rule: rule.name, state });
  }
}

async function recordTransition(
  tx: Db,
  rule: RecordInput['rule'],
  { to, episode, reason }: AlertTransition,
  now: Date,
): Promise<void> {
  const where = { openKey: openKey(rule, episode) };
  if (to === 'dropped') {
    await tx.alert.delete({ where });
    return;
  }
  const change = to === 'resolved' ? { state: to, resolvedAt: now, openKey: null } : {};
  const { id } = await tx.alert.update({ where, data: change, select: { id: true } });
  await tx.alertEvent.create({ data: { alertId: id, state: to, at: now, reason, value: finiteOrNull(episode.value) } });
}

function identityOf(rule: RecordInput['rule'], episode: Episode) {
  return {
    ruleKey: rule.key,
    rule: rule.name,
    fingerprint: episode.fingerprint,
    openKey: openKey(rule, episode),
    labels: episode.labels,
    severity: toSeverity(episode.labels.severity),
    activeSince: new Date(episode.activeSinceMs),
  };
}

function columnsOf(episode: Episode) {
  return {
    state: episode.state,
    annotations: episode.annotations,
    value: finiteOrNull(episode.value),
    firedAt: episode.firedMs === null ? null : new Date(episode.firedMs),
    keepFiringSince: episode.keepFiringSinceMs === null ? null : new Date(episode.keepFiringSinceMs),
  };
}

function openKey(rule: RecordInput['rule'], episode: Pick<Episode, 'fingerprint'>): string {
  return `${rule.key} ${episode.fingerprint}`;
}

function hasChanged(known: Episode, episode: Episode): boolean {
  return (
    known.state !== episode.state ||
    known.value !== episode.value ||
    known.keepFiringSinceMs !== episode.keepFiringSinceMs ||
    !isSame(known.annotations, episode.annotations)
  );
}

/** JSONB gives keys back in an order of its own. */
function isSame(a: Record<string, string>, b: Record<string, string>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

/** JSON and Postgres agree on finite numbers only. */
function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
