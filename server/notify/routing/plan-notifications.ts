// The whole of what is told to whom, as one pure decision over what Postgres knows: the alerts that fire, what each group was told
// before, silences and the routing tree. Whoever runs it again with the same knowledge decides the same.
import { decideMutes, type SilenceWindow } from './decide-mutes.ts';
import { allRoutes, findRoutes, groupOf, type Route, type Routing } from './route.ts';

export interface FiringAlert {
  id: string;
  fingerprint: string;
  labels: Record<string, string>;
  firedMs: number;
  isAcknowledged: boolean;
}

/** What a channel was told of a group: fingerprint to alert id of those that it believes to be firing. */
export interface ToldGroup {
  key: string;
  channel: string;
  routeKey: string;
  labels: Record<string, string>;
  told: Record<string, string>;
  notifiedMs: number;
}

export interface Telling {
  channel: string;
  groupKey: string;
  groupLabels: Record<string, string>;
  /** Ids of alerts. `fresh` are those of `firing` that were not told before. */
  firing: string[];
  fresh: string[];
  resolved: string[];
  reason: string;
}

export interface Plan {
  tellings: Telling[];
  groups: { save: ToldGroup[]; remove: Pick<ToldGroup, 'key' | 'channel'>[] };
  /** When time alone would change something, or null. */
  dueMs: number | null;
}

export interface PlanInput {
  alerts: readonly FiringAlert[];
  /** Labels of the alerts that were told and fire no longer, by id: they are still subject to silences. */
  ended: ReadonlyMap<string, Record<string, string>>;
  groups: readonly ToldGroup[];
  silences: readonly SilenceWindow[];
  routing: Routing;
  /** The channels that can send. */
  channels: ReadonlySet<string>;
  nowMs: number;
}

interface Candidate {
  route: Pick<Route, 'key' | 'groupWaitMs' | 'groupIntervalMs' | 'repeatIntervalMs'>;
  channel: string;
  key: string;
  labels: Record<string, string>;
  members: FiringAlert[];
}

export function planNotifications(input: PlanInput): Plan {
  const { alerts, groups, silences, routing, channels, nowMs } = input;
  const mutes = decideMutes(alerts, silences, routing.inhibitRules, nowMs);
  const isTold = ({ id }: FiringAlert) => {
    const { silencedBy, inhibitedBy } = mutes.get(id)!;
    return silencedBy.length === 0 && inhibitedBy.length === 0;
  };
  const plan: Plan = { tellings: [], groups: { save: [], remove: [] }, dueMs: null };
  const known = new Map(groups.map((group) => [idOf(group.channel, group.key), group]));
  for (const candidate of candidatesOf(alerts, routing.root, groups)) {
    const before = known.get(idOf(candidate.channel, candidate.key));
    if (!channels.has(candidate.channel)) {
      // A channel that was taken away is told nothing more, and when it returns it begins anew.
      if (before) plan.groups.remove.push({ key: before.key, channel: before.channel });
      continue;
    }
    decideGroup(plan, candidate, before, { ...input, isTold });
  }
  const ends = silences.flatMap(({ startsAtMs, endsAtMs }) => [startsAtMs, endsAtMs]);
  for (const atMs of ends) if (atMs > nowMs) setDue(plan, atMs);
  return plan;
}

function decideGroup(
  plan: Plan,
  { route, channel, key, labels, members }: Candidate,
  before: ToldGroup | undefined,
  { ended, silences, nowMs, isTold }: PlanInput & { isTold: (alert: FiringAlert) => boolean },
): void {
  const told = before?.told ?? {};
  const firing = members.filter(isTold);
  const fresh = firing.filter(({ fingerprint }) => !(fingerprint in told));
  const still = new Map(members.map((member) => [member.fingerprint, member.id]));
  const gone = Object.entries(told).filter(([fingerprint]) => !still.has(fingerprint));
  // What was told and neither fires here nor has ended takes another route now.
  const resolved = gone.map(([, id]) => id).filter((id) => ended.has(id));
  const muted = mutedOf(resolved, ended, silences, nowMs);
  const toResolve = resolved.filter((id) => !muted.has(id));
  const changed = fresh.length > 0 || toResolve.length > 0;

  const after: Record<string, string> = {};
  for (const [fingerprint] of Object.entries(told)) {
    const id = still.get(fingerprint);
    if (id) after[fingerprint] = id;
  }
  const save = (tellNow: boolean) => {
    if (tellNow) for (const { fingerprint, id } of fresh) after[fingerprint] = id;
    if (Object.keys(after).length > 0)
      plan.groups.save.push({
        key,
        channel,
        routeKey: route.key,
        labels,
        told: after,
        notifiedMs: tellNow ? nowMs : before!.notifiedMs,
      });
    else if (before) plan.groups.remove.push({ key, channel });
  };
  const tell = (reason: string) => {
    plan.tellings.push({
      channel,
      groupKey: key,
      groupLabels: labels,
      firing: idsOf(firing),
      fresh: idsOf(fresh),
      resolved: toResolve,
      reason,
    });
    save(true);
    if (Object.keys(after).length > 0) setDue(plan, nowMs + route.repeatIntervalMs);
  };

  if (changed) {
    const dueMs = before
      ? before.notifiedMs + route.groupIntervalMs
      : Math.min(...fresh.map(({ firedMs }) => firedMs)) + route.groupWaitMs;
    if (nowMs >= dueMs) return tell(before ? reasonOf(fresh.length, toResolve.length) : 'it began');
    return setDue(plan, dueMs);
  }
  if (!before) return;
  const isSame =
    Object.keys(after).length === Object.keys(told).length &&
    Object.entries(after).every(([name, id]) => told[name] === id);
  const repeatMs = before.notifiedMs + route.repeatIntervalMs;
  if (firing.length > 0 && !firing.every(({ isAcknowledged }) => isAcknowledged)) {
    if (nowMs >= repeatMs) return tell('it goes on');
    setDue(plan, repeatMs);
  }
  if (!isSame) save(false);
}

/** Groups that have a firing alert, and groups that were told of one. */
function candidatesOf(alerts: readonly FiringAlert[], root: Route, groups: readonly ToldGroup[]): Iterable<Candidate> {
  const candidates = new Map<string, Candidate>();
  for (const alert of alerts) {
    for (const route of findRoutes(root, alert.labels)) {
      const { key, labels } = groupOf(route, alert.labels);
      const id = idOf(route.receiver, key);
      const candidate = candidates.get(id) ?? { route, channel: route.receiver, key, labels, members: [] };
      candidate.members.push(alert);
      candidates.set(id, candidate);
    }
  }
  const routeOf = new Map(allRoutes(root).map((route) => [route.key, route]));
  for (const { key, channel, routeKey, labels } of groups) {
    const id = idOf(channel, key);
    if (candidates.has(id)) continue;
    // Its route may have been removed since: what is left to tell is told at once.
    const route = routeOf.get(routeKey) ?? { key: routeKey, groupWaitMs: 0, groupIntervalMs: 0, repeatIntervalMs: 0 };
    candidates.set(id, { route, channel, key, labels, members: [] });
  }
  return candidates.values();
}

function mutedOf(
  ids: readonly string[],
  ended: PlanInput['ended'],
  silences: PlanInput['silences'],
  nowMs: number,
): Set<string> {
  const alerts = ids.map((id) => ({ id, labels: ended.get(id)! }));
  const mutes = decideMutes(alerts, silences, [], nowMs);
  return new Set(ids.filter((id) => mutes.get(id)!.silencedBy.length > 0));
}

function reasonOf(fresh: number, resolved: number): string {
  const parts = [fresh > 0 && `${fresh} new`, resolved > 0 && `${resolved} ended`];
  return parts.filter(Boolean).join(', ');
}

function idsOf(alerts: readonly FiringAlert[]): string[] {
  return alerts.map(({ id }) => id);
}

function idOf(channel: string, key: string): string {
  return `${channel}\n${key}`;
}

function setDue(plan: Plan, atMs: number): void {
  plan.dueMs = plan.dueMs === null ? atMs : Math.min(plan.dueMs, atMs);
}
