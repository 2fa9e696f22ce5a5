import { expect, it } from 'vitest';
import { decideHealth, type InstanceHealth } from './decide-health.ts';

const MINUTE = 60_000;
const NOW = 100 * MINUTE;
const WELL: InstanceHealth = {
  status: 'passing',
  reason: '',
  statusSinceMs: 0,
  heartbeatMs: NOW,
  ttlMs: 15_000,
  failedProbes: 0,
  probeFault: '',
};
const GONE = { failedProbes: 2, probeFault: 'it answered 503' };
const CRITICAL = { status: 'critical', reason: 'it answered 503', statusSinceMs: NOW } as const;

it.each<[string, Partial<InstanceHealth>, number, object]>([
  ['stays as it is while it is well', {}, 0, { verdict: 'same' }],
  ['is forgiven one bad answer', { failedProbes: 1, probeFault: 'x' }, 0, { verdict: 'same' }],
  ['is critical after two', GONE, 0, { verdict: 'change', status: 'critical', reason: 'it answered 503' }],
  ['says so once', { ...CRITICAL, ...GONE }, 0, { verdict: 'same' }],
  ['passes after one good answer', CRITICAL, 0, { verdict: 'change', status: 'passing', reason: '' }],
  ['does not pass for want of a second bad one', { ...CRITICAL, failedProbes: 1 }, 0, { verdict: 'same' }],
  [
    'is critical when it is silent, however well it answers',
    { heartbeatMs: NOW - 15_001 },
    0,
    { verdict: 'change', status: 'critical', reason: 'it was silent for longer than 15 s' },
  ],
  ['could not be heard while nobody watched', { heartbeatMs: 0 }, NOW - 15_000, { verdict: 'same' }],
  [
    'is forgotten after ten minutes',
    { ...CRITICAL, ...GONE, statusSinceMs: NOW - 10 * MINUTE - 1 },
    0,
    { verdict: 'forget' },
  ],
  [
    'but not for minutes in which nobody watched',
    { ...CRITICAL, ...GONE, statusSinceMs: 0 },
    NOW - MINUTE,
    { verdict: 'same' },
  ],
])('an instance %s', (_, more, watchingSinceMs, verdict) => {
  expect(decideHealth({ ...WELL, ...more }, watchingSinceMs, NOW)).toEqual(verdict);
});
