import type { Severity, Verdict } from './schema.ts';

export interface Stretch {
  seconds: number;
  requests: number;
  failed: number;
  latencyMsP95: number | null;
}

export interface VerdictFacts {
  before: Stretch;
  after: Stretch;
  /** Kinds of failure that were not there before. */
  newErrors: number;
}

/** Fewer calls say nothing about a share or a percentile. */
const CALLS_MIN = 20;
/** Shares nearer to each other than this many standard errors may be chance. */
const DEVIATIONS_MIN = 3;
const ERRORS_MIN = 0.002;
/** From here on callers notice. */
const ERRORS_CRITICAL = 0.05;
const LATENCY_CHANGE_MIN = 0.2;
const LATENCY_MS_MIN = 5;
const RATE_CHANGE_MIN = 0.5;

interface Part {
  severity: Severity;
  text: string;
}

const RANK: Record<Severity, number> = { ok: 0, info: 1, warning: 2, critical: 3 };

/** How the time after a change compares with the time before it: only what is more than chance is said. */
export function decideVerdict({ before, after, newErrors }: VerdictFacts): Verdict {
  if (after.seconds === 0) return { severity: 'info', text: 'too early to tell' };
  if (before.requests === 0 && after.requests === 0) return { severity: 'info', text: 'no calls before or after' };
  const kinds = errorKinds(newErrors);
  if (Math.min(before.requests, after.requests) < CALLS_MIN) {
    const few = `too few calls to compare, ${before.requests} before and ${after.requests} after`;
    return { severity: kinds?.severity ?? 'info', text: [few, kinds?.text].filter(Boolean).join(', ') };
  }
  const parts = [errors(before, after), latency(before, after), rate(before, after), kinds].filter(
    (part) => part !== null,
  );
  if (parts.length === 0) return { severity: 'ok', text: 'rate, errors and p95 as before' };
  const worst = parts.toSorted((a, b) => RANK[b.severity] - RANK[a.severity])[0]!;
  return { severity: worst.severity, text: parts.map(({ text }) => text).join(', ') };
}

function errors(before: Stretch, after: Stretch): Part | null {
  const [was, is] = [before.failed / before.requests, after.failed / after.requests];
  const all = (before.failed + after.failed) / (before.requests + after.requests);
  const deviation = Math.sqrt(all * (1 - all) * (1 / before.requests + 1 / after.requests));
  if (Math.abs(is - was) < Math.max(ERRORS_MIN, DEVIATIONS_MIN * deviation)) return null;
  const severity = is < was ? 'ok' : is >= ERRORS_CRITICAL ? 'critical' : 'warning';
  return { severity, text: `errors ${percent(was)} → ${percent(is)}` };
}

function latency({ latencyMsP95: was }: Stretch, { latencyMsP95: is }: Stretch): Part | null {
  if (was === null || is === null || was === 0) return null;
  const change = is / was - 1;
  if (Math.abs(change) < LATENCY_CHANGE_MIN || Math.abs(is - was) < LATENCY_MS_MIN) return null;
  return { severity: change > 0 ? 'warning' : 'ok', text: `p95 ${signed(change)}` };
}

function rate(before: Stretch, after: Stretch): Part | null {
  const change = after.requests / after.seconds / (before.requests / before.seconds) - 1;
  if (Math.abs(change) < RATE_CHANGE_MIN) return null;
  // More calls are somebody's success; fewer may be callers that gave up.
  return { severity: change > 0 ? 'info' : 'warning', text: `rate ${signed(change)}` };
}

function errorKinds(count: number): Part | null {
  if (count === 0) return null;
  return { severity: 'warning', text: count === 1 ? '1 new kind of error' : `${count} new kinds of error` };
}

function percent(ratio: number): string {
  const value = ratio * 100;
  return `${value > 0 && value < 0.1 ? '< 0.1' : Number(value.toFixed(value < 10 ? 1 : 0))} %`;
}

function signed(change: number): string {
  // Beyond tripling people think in factors.
  if (change >= 2) return `×${Number((change + 1).toPrecision(2))}`;
  return `${change < 0 ? '−' : '+'}${Math.round(Math.abs(change) * 100)} %`;
}
