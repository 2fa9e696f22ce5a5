import type { InstanceStatus } from './schema.ts';

/** One slow answer is no reason to take an instance out. */
const FAILED_PROBES_MAX = 2;
/** What was critical for so long does not come back. */
const FORGET_AFTER_MS = 600_000;

export interface InstanceHealth {
  status: InstanceStatus;
  reason: string;
  statusSinceMs: number;
  heartbeatMs: number;
  ttlMs: number;
  /** Probes that failed in a row, this one included; 0 when it went well. */
  failedProbes: number;
  /** Why the last one failed. */
  probeFault: string;
}

export type HealthVerdict =
  | { verdict: 'same' }
  | { verdict: 'forget' }
  | { verdict: 'change'; status: InstanceStatus; reason: string };

/**
 * What becomes of an instance. Its silence counts from `watchingSinceMs` at the earliest: while no console was there, nobody
 * could hear it.
 */
export function decideHealth(health: InstanceHealth, watchingSinceMs: number, nowMs: number): HealthVerdict {
  const { status, failedProbes, probeFault, ttlMs } = health;
  const isSilent = nowMs - Math.max(health.heartbeatMs, watchingSinceMs) > ttlMs;
  if (isSilent || failedProbes >= FAILED_PROBES_MAX) {
    const criticalSinceMs = Math.max(health.statusSinceMs, watchingSinceMs);
    if (status === 'critical' && nowMs - criticalSinceMs > FORGET_AFTER_MS) return { verdict: 'forget' };
    const reason = isSilent ? `it was silent for longer than ${ttlMs / 1_000} s` : probeFault;
    if (status === 'critical' && reason === health.reason) return { verdict: 'same' };
    return { verdict: 'change', status: 'critical', reason };
  }
  if (status === 'critical' && failedProbes === 0) return { verdict: 'change', status: 'passing', reason: '' };
  return { verdict: 'same' };
}
