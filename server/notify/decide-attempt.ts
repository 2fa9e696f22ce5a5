import type { Outcome } from './channels/channel.ts';

/** With the delays below: about six minutes of a channel's absence. */
export const ATTEMPTS_MAX = 10;
const FIRST_DELAY_MS = 1_000;
const DELAY_MS_MAX = 60_000;

export interface AttemptRecord {
  status: 'sent' | 'retrying' | 'failed';
  reason: string;
  nextAttemptAt: Date;
}

/** What an attempt's outcome makes of a notification: done, once more later (doubling delays, or as the receiver asked), or given up. */
export function decideAttempt(outcome: Outcome, attempts: number, now: Date): AttemptRecord {
  const { kind, reason } = outcome;
  if (kind !== 'retry') return { status: kind, reason, nextAttemptAt: now };
  if (attempts >= ATTEMPTS_MAX)
    return { status: 'failed', reason: `given up after ${attempts} attempts; the last: ${reason}`, nextAttemptAt: now };
  const backoffMs = Math.min(FIRST_DELAY_MS * 2 ** (attempts - 1), DELAY_MS_MAX);
  return {
    status: 'retrying',
    reason,
    nextAttemptAt: new Date(now.getTime() + Math.max(outcome.afterMs ?? backoffMs, FIRST_DELAY_MS)),
  };
}
