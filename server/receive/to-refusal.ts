import { DecodeError } from '#server/decode/decode-error.ts';
import type { Log } from '#server/log.ts';
import { WalRefusal } from '#server/wal/refusal.ts';
import { HttpRefusal } from './answer.ts';

const RETRY_AFTER_SECONDS = 2;

/** What a sender is told of an error, by whatever protocol; one that nobody expected goes to the log. */
export function toRefusal(error: unknown, log: Log): HttpRefusal {
  if (error instanceof HttpRefusal) return error;
  if (error instanceof DecodeError) return new HttpRefusal(error.kind === 'too_large' ? 413 : 400, error.message);
  if (error instanceof WalRefusal) {
    return new HttpRefusal(503, error.message, { 'retry-after': String(RETRY_AFTER_SECONDS) });
  }
  log.error({ err: error }, 'receiving failed');
  return new HttpRefusal(500, 'The collector failed to receive this; its log says why');
}

export function refuseForMemory(): HttpRefusal {
  return new HttpRefusal(429, 'The collector is working on as much as it may hold in memory', { 'retry-after': '1' });
}
