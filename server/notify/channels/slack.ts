import { postJson, type EgressResult } from '../egress.ts';
import { parseRetryAfter } from '../parse-retry-after.ts';
import type { ChannelKind, Outcome } from './channel.ts';
import { prepareSlackMessage } from './prepare-slack-message.ts';

/** A Slack incoming webhook. It cannot edit what it sent, so a resolve is a message of its own. */
export const slack: ChannelKind = {
  paceMs: 1_000,
  // Slack promises "short bursts" and no number; what it refuses comes back as 429 and is sent again.
  burst: 3,
  send: async (url, message, publicUrl) =>
    readSlackAnswer(await postJson(url, prepareSlackMessage(message, publicUrl)), Date.now()),
};

/** What Slack's answer means for the message: `ok`, come again, or never. */
export function readSlackAnswer(result: EgressResult, nowMs: number): Outcome {
  if (result.kind === 'refused') return { kind: 'failed', reason: result.reason };
  if (result.kind === 'unreachable') return { kind: 'retry', reason: result.reason, afterMs: null };
  const { status, body, retryAfter } = result;
  if (status >= 200 && status < 300) return { kind: 'sent', reason: `Slack answered ${status} ${oneLine(body)}` };
  const reason = `Slack answered ${status} ${oneLine(body)}`.trim();
  if (status === 429 || status >= 500)
    return { kind: 'retry', reason, afterMs: retryAfter === null ? null : parseRetryAfter(retryAfter, nowMs) };
  if (status >= 300 && status < 400) return { kind: 'failed', reason: `${reason}: a redirect is not followed` };
  return { kind: 'failed', reason };
}

function oneLine(body: string): string {
  return body.replace(/\s+/g, ' ').trim().slice(0, 200);
}
