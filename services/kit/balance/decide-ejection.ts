/** What the calls say of one instance; every decision makes a new one. */
export interface InstanceMemory {
  /** Failures in a row. */
  readonly failures: number;
  /** Times that it was taken out and not been well for long since. */
  readonly ejections: number;
  readonly ejectedUntilMs: number | null;
  /** Back from an ejection, and not yet seen to answer. */
  readonly isOnTrial: boolean;
}

/** `connect`: there was nobody to take the call. */
export type InstanceFailure = 'connect' | 'failure' | 'timeout';

export const FRESH: InstanceMemory = { failures: 0, ejections: 0, ejectedUntilMs: null, isOnTrial: false };

/** Fewer than what opens a breaker: one bad instance is to be gone before its service is given up. */
export const FAILURES_MAX = 3;
export const EJECTION_MS = 5_000;
export const EJECTION_MS_MAX = 300_000;
/** As long without an ejection, and the next one is short again. */
const FORGIVEN_AFTER_MS = 60_000;

export function isEjected({ ejectedUntilMs }: InstanceMemory, nowMs: number): boolean {
  return ejectedUntilMs !== null && nowMs < ejectedUntilMs;
}

/** Whether one more instance may be taken out: never more than half, so that the rest can carry the load. */
export function mayEject(instances: number, ejected: number): boolean {
  return ejected + 1 <= Math.floor(instances / 2);
}

/** Lets an instance whose time is over come back, on trial: its next failure takes it out again. */
export function readmit(memory: InstanceMemory, nowMs: number): InstanceMemory {
  if (memory.ejectedUntilMs === null || isEjected(memory, nowMs) || memory.isOnTrial) return memory;
  return { ...memory, failures: 0, isOnTrial: true };
}

export function settleSuccess(memory: InstanceMemory, nowMs: number): InstanceMemory {
  // A call from before the ejection says nothing of now.
  if (isEjected(memory, nowMs)) return memory;
  const isForgiven = memory.ejectedUntilMs !== null && nowMs - memory.ejectedUntilMs > FORGIVEN_AFTER_MS;
  return isForgiven || memory.ejectedUntilMs === null ? FRESH : { ...memory, failures: 0, isOnTrial: false };
}

export interface FailureDecision {
  memory: InstanceMemory;
  /** There when the instance is taken out: for how long and why. */
  ejection?: { forMs: number; reason: string };
}

/** What follows from a call that failed at an instance; `mayGo` as `mayEject` says. */
export function settleFailure(
  memory: InstanceMemory,
  kind: InstanceFailure,
  { mayGo, nowMs }: { mayGo: boolean; nowMs: number },
): FailureDecision {
  if (isEjected(memory, nowMs)) return { memory };
  const failures = memory.failures + 1;
  const failed = { ...memory, failures };
  const isOver = kind === 'connect' || memory.isOnTrial || failures >= FAILURES_MAX;
  if (!isOver || !mayGo) return { memory: failed };
  const ejections = memory.ejections + 1;
  const forMs = Math.min(EJECTION_MS_MAX, EJECTION_MS * 2 ** (ejections - 1));
  const reason =
    kind === 'connect'
      ? 'nobody listens there'
      : memory.isOnTrial
        ? 'it failed again when it was tried'
        : `${failures} failures in a row`;
  return {
    memory: { failures, ejections, ejectedUntilMs: nowMs + forMs, isOnTrial: false },
    ejection: { forMs, reason },
  };
}
