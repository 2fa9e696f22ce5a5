import type { Ctx } from '#server/context.ts';
import type { Store } from '#server/store/client.ts';
import { readChangeWindows } from '#server/store/queries/change-windows.ts';
import { readErrorFirstSeen } from '#server/store/queries/error-first-seen.ts';
import { readErrorGroups } from '#server/store/queries/error-groups.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { decideVerdict, type Stretch } from './decide-verdict.ts';
import type { Verdict } from './schema.ts';

const MINUTE_MS = 60_000;
const WINDOW_MS = 30 * MINUTE_MS;
/** What failed yesterday in the same way is not new. */
const KNOWN_ERRORS_MS = 24 * 60 * MINUTE_MS;
const ERROR_KINDS_MAX = 50;
/** Spans of a stretch may arrive this much later. */
const LATE_MS = 2 * MINUTE_MS;
const RUNNING_KEPT_MS = 20_000;
const KEPT_MAX = 1_000;

export interface JudgedChange {
  service: string;
  atMs: number;
  /** Where the next change of the service ends what this one can be held to. */
  untilMs?: number | undefined;
}

/** The two stretches beside each other, and what is to be said of them. */
export interface ComparedChange {
  before: Stretch & TimeRange;
  after: Stretch & TimeRange;
  verdict: Verdict;
}

interface Kept {
  compared: Promise<ComparedChange>;
  untilMs: number;
}

/** Pages ask every few seconds for what changes once a minute, and after half an hour no more. */
const kept = new WeakMap<Store, Map<string, Kept>>();

/** How a service fared in the half hour after a change against the half hour before it. */
export async function judgeChange(ctx: Pick<Ctx, 'store' | 'now'>, change: JudgedChange): Promise<Verdict> {
  return (await compareChange(ctx, change)).verdict;
}

/** The half hour after a change beside the half hour before it. */
export function compareChange(
  { store, now }: Pick<Ctx, 'store' | 'now'>,
  change: JudgedChange,
): Promise<ComparedChange> {
  const known = kept.get(store) ?? new Map<string, Kept>();
  kept.set(store, known);
  const nowMs = now().getTime();
  const key = JSON.stringify([change.service, change.atMs, change.untilMs]);
  const last = known.get(key);
  if (last && nowMs < last.untilMs) return last.compared;
  const { before, after } = planWindows(change, nowMs);
  const isOver = nowMs > change.atMs + WINDOW_MS + MINUTE_MS + LATE_MS;
  const compared = compare(store, change, before, after);
  known.delete(key);
  known.set(key, { compared, untilMs: isOver ? Infinity : nowMs + RUNNING_KEPT_MS });
  compared.catch(() => known.delete(key));
  if (known.size > KEPT_MAX) known.delete(known.keys().next().value!);
  return compared;
}

/** Whole minutes, because the rollup knows nothing finer; the minute of the change itself belongs to neither side. */
export function planWindows({ atMs, untilMs = Infinity }: JudgedChange, nowMs: number) {
  const minuteMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
  const fromMs = minuteMs + MINUTE_MS;
  const overMs = Math.floor(Math.min(nowMs, untilMs) / MINUTE_MS) * MINUTE_MS;
  return {
    before: { fromMs: minuteMs - WINDOW_MS, toMs: minuteMs },
    after: { fromMs, toMs: Math.max(fromMs, Math.min(fromMs + WINDOW_MS, overMs)) },
  };
}

async function compare(
  store: Store,
  { service }: JudgedChange,
  before: TimeRange,
  after: TimeRange,
): Promise<ComparedChange> {
  const rows = await readChangeWindows(store, service, before, after);
  const stretch = (side: 'before' | 'after', { fromMs, toMs }: TimeRange): Stretch & TimeRange => {
    const row = rows.find((one) => one.side === side);
    const p95 = row?.quantilesNs[1];
    return {
      fromMs,
      toMs,
      seconds: (toMs - fromMs) / 1_000,
      requests: row?.requests ?? 0,
      failed: row?.failed ?? 0,
      latencyMsP95: p95 === undefined ? null : p95 / 1e6,
    };
  };
  const isEmpty = after.toMs === after.fromMs;
  const newErrors = isEmpty ? 0 : await countNewErrors(store, service, before.toMs, after);
  const sides = { before: stretch('before', before), after: stretch('after', after) };
  const { severity, text } = decideVerdict({ ...sides, newErrors });
  const minutes = (after.toMs - after.fromMs) / MINUTE_MS;
  const isShort = !isEmpty && after.toMs - after.fromMs < WINDOW_MS;
  return { ...sides, verdict: { severity, text: isShort ? `${text} (${minutes} min so far)` : text } };
}

async function countNewErrors(store: Store, service: string, atMs: number, after: TimeRange): Promise<number> {
  const groups = await readErrorGroups(store, { range: after, service, sort: 'count' }, 1, ERROR_KINDS_MAX);
  if (groups.length === 0) return 0;
  const prints = groups.map(({ fingerprint }) => fingerprint);
  // Up to where `after` begins: the minute of the change belongs to what follows it.
  const past = { fromMs: Math.max(0, atMs - KNOWN_ERRORS_MS), toMs: atMs };
  return prints.length - (await readErrorFirstSeen(store, past, prints, [service])).length;
}
