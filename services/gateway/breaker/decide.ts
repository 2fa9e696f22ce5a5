import { addToWindow, sumWindow, type WindowSlot } from './failure-window.ts';

/** What the calls make of a breaker. */
export type ComputedState = 'closed' | 'open' | 'half_open';
/** What it is: an operator may hold it against what the calls say. */
export type CircuitState = ComputedState | 'forced_open' | 'forced_closed';

export interface BreakerSettings {
  /** Failures in a row that open the breaker. */
  failureThreshold: number;
  /** How long it stays open before a call is tried again. */
  resetTimeoutMs: number;
  /** Trial calls that must succeed, without a failure between them, before it closes. */
  halfOpenSuccessCount: number;
  /** Failures are judged by their share of this long as well; without it only those in a row count. */
  windowMs?: number | undefined;
  /** The share of the window's calls that opens the breaker, once as many failed as the threshold says. */
  failurePercent?: number | undefined;
  /** Of the calls that it guards, for whoever makes them: the breaker judges neither. */
  answerTimeoutMs?: number | undefined;
  retriesMax?: number | undefined;
}

/** Half of the calls is no bad luck any more. */
export const FAILURE_PERCENT_DEFAULT = 50;

/** All that a breaker knows; every decision makes a new one. */
export interface BreakerMemory {
  readonly state: ComputedState;
  readonly sinceMs: number;
  /** Failures in a row; while open, those that opened it. */
  readonly failures: number;
  /** Calls that ended in this state. */
  readonly calls: number;
  /** Trial calls that succeeded, and trial calls under way. */
  readonly trialSuccesses: number;
  readonly trialsUnderWay: number;
  readonly nextAttemptMs: number | null;
  /** The last failing calls, oldest first. */
  readonly failedTraceIds: readonly string[];
  /** Calls that ended lately while it was closed; empty where no window is set. */
  readonly window: readonly WindowSlot[];
  /** Counts states: a call that was let in by an earlier state has no say in this one. */
  readonly epoch: number;
}

export type CallResult =
  | { readonly kind: 'success' }
  | { readonly kind: 'failure'; readonly reason: string; readonly traceId?: string }
  /** It ended for a reason that tells nothing of the service, such as a client that left. */
  | { readonly kind: 'released' };

export interface Decision {
  readonly memory: BreakerMemory;
  /** There when the state changed: why, and how many calls had ended in the state before. */
  readonly change?: { readonly reason: string; readonly calls: number };
}

export type Admission =
  | ({ readonly admitted: true } & Decision)
  | { readonly admitted: false; readonly state: ComputedState; readonly retryAfterMs: number };

/** Enough to find what happened, small enough for an attribute. */
const TRACE_IDS_MAX = 10;
/** While trial calls are under way nobody knows when there is room; it is soon. */
const TRIAL_RETRY_AFTER_MS = 1000;

export function startMemory(nowMs: number): BreakerMemory {
  return enterState('closed', nowMs, { epoch: 0 });
}

/** May a call pass? An open breaker whose time is over turns half-open by the first call, which is its first trial. */
export function admitCall(memory: BreakerMemory, settings: BreakerSettings, nowMs: number): Admission {
  switch (memory.state) {
    case 'closed':
      return { admitted: true, memory };
    case 'open': {
      const waitMs = (memory.nextAttemptMs ?? nowMs) - nowMs;
      if (waitMs > 0) return { admitted: false, state: memory.state, retryAfterMs: waitMs };
      const reason = `open for ${settings.resetTimeoutMs / 1000} s: trying ${countOf(settings.halfOpenSuccessCount, 'call')}`;
      const tried = startTrials(memory, reason, nowMs);
      return { ...tried, admitted: true, memory: { ...tried.memory, trialsUnderWay: 1 } };
    }
    case 'half_open': {
      // More trials than successes are wanted would only load a service that is just getting up.
      const room = settings.halfOpenSuccessCount - memory.trialSuccesses - memory.trialsUnderWay;
      if (room <= 0) return { admitted: false, state: memory.state, retryAfterMs: TRIAL_RETRY_AFTER_MS };
      return { admitted: true, memory: { ...memory, trialsUnderWay: memory.trialsUnderWay + 1 } };
    }
  }
}

/** What follows from the end of a call that was let in at `epoch`. */
export function settleCall(
  memory: BreakerMemory,
  settings: BreakerSettings,
  call: { epoch: number; result: CallResult },
  nowMs: number,
): Decision {
  if (call.epoch !== memory.epoch) return { memory };
  const trialsUnderWay = Math.max(0, memory.trialsUnderWay - 1);
  if (call.result.kind === 'released') return { memory: { ...memory, trialsUnderWay } };
  const counted = { ...memory, trialsUnderWay, calls: memory.calls + 1 };
  return call.result.kind === 'success'
    ? settleSuccess(counted, settings, nowMs)
    : settleFailure(counted, settings, call.result, nowMs);
}

/** An operator does not want to wait: the next calls are the trials. Only an open breaker has something to try. */
export function probeNow(memory: BreakerMemory, reason: string, nowMs: number): Decision {
  return memory.state === 'open' ? startTrials(memory, reason, nowMs) : { memory };
}

/** New settings for what is under way: an open breaker waits by the new time, trials that already suffice close it. */
export function retune(memory: BreakerMemory, settings: BreakerSettings, nowMs: number): Decision {
  if (memory.state === 'open')
    return { memory: { ...memory, nextAttemptMs: memory.sinceMs + settings.resetTimeoutMs } };
  if (memory.state === 'closed' || memory.trialSuccesses < settings.halfOpenSuccessCount) return { memory };
  return closeAfterTrials(memory, nowMs);
}

function startTrials(memory: BreakerMemory, reason: string, nowMs: number): Required<Decision> {
  const { epoch, failures, failedTraceIds, calls } = memory;
  const next = enterState('half_open', nowMs, { epoch: epoch + 1, failures, failedTraceIds });
  return { memory: next, change: { reason, calls } };
}

function settleSuccess(memory: BreakerMemory, settings: BreakerSettings, nowMs: number): Decision {
  if (memory.state !== 'half_open') {
    const window = countInWindow(memory, settings, false, nowMs);
    // By a window failures that are apart may open it as well, and are then what people look for.
    return {
      memory: { ...memory, failures: 0, failedTraceIds: settings.windowMs ? memory.failedTraceIds : [], window },
    };
  }
  const trialSuccesses = memory.trialSuccesses + 1;
  const tried = { ...memory, trialSuccesses };
  return trialSuccesses < settings.halfOpenSuccessCount ? { memory: tried } : closeAfterTrials(tried, nowMs);
}

function closeAfterTrials({ epoch, trialSuccesses, calls }: BreakerMemory, nowMs: number): Decision {
  return {
    memory: enterState('closed', nowMs, { epoch: epoch + 1 }),
    change: { reason: `${countOf(trialSuccesses, 'trial call')} succeeded`, calls },
  };
}

function settleFailure(
  memory: BreakerMemory,
  settings: BreakerSettings,
  failure: { reason: string; traceId?: string },
  nowMs: number,
): Decision {
  const failures = memory.failures + 1;
  const failedTraceIds = failure.traceId
    ? [...memory.failedTraceIds, failure.traceId].slice(-TRACE_IDS_MAX)
    : memory.failedTraceIds;
  const isTrial = memory.state === 'half_open';
  const window = isTrial ? memory.window : countInWindow(memory, settings, true, nowMs);
  const tooMany = isTrial ? null : whyTooMany(failures, window, settings);
  if (!isTrial && (memory.state !== 'closed' || tooMany === null)) {
    return { memory: { ...memory, failures, failedTraceIds, window } };
  }
  const ledHere = Math.max(failures, sumWindow(window).failures);
  const opened = enterState('open', nowMs, { epoch: memory.epoch + 1, failures: ledHere, failedTraceIds });
  const reason = isTrial ? `a trial call failed: ${failure.reason}` : `${tooMany}, the last: ${failure.reason}`;
  return {
    memory: { ...opened, nextAttemptMs: nowMs + settings.resetTimeoutMs },
    change: { reason, calls: memory.calls },
  };
}

/** What opens a closed breaker, in words; null while it is not too much. */
function whyTooMany(inRow: number, window: readonly WindowSlot[], settings: BreakerSettings): string | null {
  if (inRow >= settings.failureThreshold) return `${countOf(inRow, 'failure')} in a row`;
  if (!settings.windowMs) return null;
  const { calls, failures } = sumWindow(window);
  const percent = settings.failurePercent ?? FAILURE_PERCENT_DEFAULT;
  if (failures < settings.failureThreshold || failures * 100 < calls * percent) return null;
  return `${failures} of ${countOf(calls, 'call')} failed in ${settings.windowMs / 1000} s`;
}

function countInWindow(
  { window }: BreakerMemory,
  { windowMs }: BreakerSettings,
  isFailure: boolean,
  nowMs: number,
): readonly WindowSlot[] {
  return windowMs ? addToWindow(window, { windowMs, isFailure, nowMs }) : NO_SLOTS;
}

const NO_SLOTS: readonly WindowSlot[] = [];

function enterState(
  state: ComputedState,
  sinceMs: number,
  kept: Pick<BreakerMemory, 'epoch'> & Partial<BreakerMemory>,
): BreakerMemory {
  return {
    state,
    sinceMs,
    failures: 0,
    calls: 0,
    trialSuccesses: 0,
    trialsUnderWay: 0,
    nextAttemptMs: null,
    failedTraceIds: [],
    window: NO_SLOTS,
    ...kept,
  };
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
