import type { EgressResult } from '../egress.ts';
import { parseRetryAfter } from '../parse-retry-after.ts';
import type { Outcome } from './channel.ts';

/** What an HTTP receiver's answer means for the message: taken, come again (429 and 5xx), or never. */
export function readAnswer(who: string, result: EgressResult, nowMs: number): Outcome {
  if (result.kind === 'refused') return { kind: 'failed', reason: result.reason };
  if (result.kind === 'unreachable') return { kind: 'retry', reason: result.reason, afterMs: null };
  const { status, body, retryAfter } = result;
  const reason = `${who} answered ${status} ${oneLine(body)}`.trim();
  if (status >= 200 && status < 300) return { kind: 'sent', reason };
  if (status === 429 || status >= 500)
    return { kind: 'retry', reason, afterMs: retryAfter === null ? null : parseRetryAfter(retryAfter, nowMs) };
  if (status >= 300 && status < 400) return { kind: 'failed', reason: `${reason}: a redirect is not followed` };
  return { kind: 'failed', reason };
}

function oneLine(body: string): string {
  return body.replace(/\s+/g, ' ').trim().slice(0, 200);
}
