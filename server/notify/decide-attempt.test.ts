import { describe, expect, it } from 'vitest';
import { ATTEMPTS_MAX, decideAttempt } from './decide-attempt.ts';
import { parseRetryAfter } from './parse-retry-after.ts';

const NOW = new Date(Date.UTC(2026, 4, 1));
const retry = (afterMs: number | null) => ({ kind: 'retry' as const, reason: 'busy', afterMs });

describe('decideAttempt', () => {
  it.each([
    ['sent is done', { kind: 'sent' as const, reason: 'ok' }, 1, 'sent', 0],
    ['a permanent failure is not repeated', { kind: 'failed' as const, reason: 'no' }, 1, 'failed', 0],
    ['the first retry comes after a second', retry(null), 1, 'retrying', 1_000],
    ['delays double', retry(null), 4, 'retrying', 8_000],
    ['up to a minute', retry(null), 9, 'retrying', 60_000],
    ['the receiver knows better', retry(45_000), 1, 'retrying', 45_000],
    ['but not sooner than a second', retry(0), 5, 'retrying', 1_000],
    ['it ends', retry(null), ATTEMPTS_MAX, 'failed', 0],
  ])('%s', (_, outcome, attempts, status, delayMs) => {
    const record = decideAttempt(outcome, attempts, NOW);
    expect(record.status).toBe(status);
    expect(record.nextAttemptAt.getTime() - NOW.getTime()).toBe(delayMs);
  });

  it('says why it gave up', () => {
    expect(decideAttempt(retry(null), ATTEMPTS_MAX, NOW).reason).toBe('given up after 10 attempts; the last: busy');
  });
});

it.each([
  ['7', 7_000],
  ['Fri, 01 May 2026 00:00:30 GMT', 30_000],
  ['Thu, 30 Apr 2026 00:00:00 GMT', 0],
  ['999999', 3_600_000],
  ['soon', null],
])('Retry-After %s', (header, ms) => expect(parseRetryAfter(header, NOW.getTime())).toBe(ms));
