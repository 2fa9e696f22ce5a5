import { expect, it } from 'vitest';
import { judgeAnswer } from './judge-answer.ts';

const answered = (status: number, retryAfter: string | null = null) =>
  ({ kind: 'answered', status, body: 'why', retryAfter }) as const;

it.each([
  [answered(200), 'otlp', { kind: 'sent' }],
  [answered(204), 'remote_write', { kind: 'sent' }],
  [answered(400), 'otlp', { kind: 'failed', reason: 'it answered 400: why' }],
  [answered(500), 'otlp', { kind: 'failed', reason: 'it answered 500: why' }],
  [answered(500), 'remote_write', { kind: 'retry', reason: 'it answered 500: why', waitMs: 500 }],
  [answered(429), 'otlp', { kind: 'retry', reason: 'it answered 429: why', waitMs: 500 }],
  [answered(503, '7'), 'otlp', { kind: 'retry', reason: 'it answered 503: why', waitMs: 7_000 }],
  [{ kind: 'unreachable', reason: 'gone' }, 'otlp', { kind: 'retry', reason: 'gone', waitMs: 500 }],
  [{ kind: 'refused', reason: 'private' }, 'otlp', { kind: 'failed', reason: 'private' }],
] as const)('%j of %s', (answer, kind, verdict) => {
  expect(judgeAnswer(answer, kind, 1, 1, 0)).toEqual(verdict);
});

it('waits longer with each attempt, up to a minute', () => {
  const waits = [1, 2, 3, 20].map((attempt) => judgeAnswer(answered(503), 'otlp', attempt, 1, 0));
  expect(waits.map((verdict) => ('waitMs' in verdict ? verdict.waitMs : 0))).toEqual([500, 1_000, 2_000, 60_000]);
});
