import type { EgressResult } from '#server/notify/egress.ts';
import { parseRetryAfter } from '#server/notify/parse-retry-after.ts';

export type ForwardVerdict = { kind: 'sent' } | { kind: 'failed'; reason: string } | RetryVerdict;
interface RetryVerdict {
  kind: 'retry';
  reason: string;
  waitMs: number;
}

const BACKOFF_MS_FIRST = 500;
const BACKOFF_MS_MAX = 60_000;
/** As OTLP has it; remote write retries all of 5xx. */
const RETRIED = new Set([429, 502, 503, 504]);

/** What becomes of a batch after an answer; `attempt` counts from 1, `random` is 0..1. */
export function judgeAnswer(
  answer: EgressResult,
  kind: 'otlp' | 'remote_write',
  attempt: number,
  random: number,
  nowMs: number,
): ForwardVerdict {
  const backoffMs = Math.min(BACKOFF_MS_MAX, BACKOFF_MS_FIRST * 2 ** Math.min(attempt - 1, 10)) * (0.5 + random / 2);
  if (answer.kind === 'refused') return { kind: 'failed', reason: answer.reason };
  if (answer.kind === 'unreachable') return { kind: 'retry', reason: answer.reason, waitMs: backoffMs };
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'sent' };
  const reason = `it answered ${status}: ${answer.body.slice(0, 200).trim()}`;
  if (!RETRIED.has(status) && !(kind === 'remote_write' && status >= 500)) return { kind: 'failed', reason };
  const askedMs = answer.retryAfter === null ? 0 : (parseRetryAfter(answer.retryAfter, nowMs) ?? 0);
  return { kind: 'retry', reason, waitMs: Math.min(5 * BACKOFF_MS_MAX, Math.max(askedMs, backoffMs)) };
}
