import {
  FRESH,
  isEjected,
  mayEject,
  readmit,
  settleFailure,
  settleSuccess,
  type InstanceFailure,
  type InstanceMemory,
} from '#services/kit/balance/decide-ejection.ts';
import {
  admitCall,
  settleCall,
  startMemory,
  type BreakerSettings,
  type CallResult,
  type ComputedState,
} from './decide.ts';

/** How a call really went. `left`: the client was gone. `unsent`: an instance did not take the connection, and another got the call. */
export type RecordedOutcome = 'success' | 'failure' | 'connect' | 'timeout' | 'rejected' | 'left' | 'unsent';

export interface RecordedCall {
  startMs: number;
  durationMs: number;
  outcome: RecordedOutcome;
  /** Tells instances of the called service apart. */
  callee: number;
  isRetry: boolean;
}

export interface ReplayOptions {
  settings: BreakerSettings;
  fromMs: number;
  /** Calls that took longer are over by then, as failures; only for a timeout that is shorter than the one they were made under. */
  cutAfterMs?: number | undefined;
  /** As if no call had been made a second time. */
  withoutRetries?: boolean | undefined;
}

export interface ReplayedTransition {
  tMs: number;
  state: ComputedState;
  previousState: ComputedState;
  reason: string;
}

export interface Replay {
  transitions: ReplayedTransition[];
  /** Closed to open. */
  opened: number;
  /** By how the calls really went; of those that were refused then nobody knows. */
  refused: { good: number; failing: number; unknown: number };
  passed: { good: number; failing: number; unknown: number };
  /** Good calls that the shorter timeout would have ended. */
  cut: number;
  /** Retries left out, and those among them that had healed a request. */
  retries: { leftOut: number; healing: number };
}

/** Steps between which whoever replays may let others work. */
const STEP_CALLS = 5_000;
/** An instance that was not called for so long is gone, for what it would have answered. */
const INSTANCE_GONE_MS = 60_000;

/**
 * Puts recorded calls of one gateway, in the order of their starts, to the breaker's own decisions under other settings: a call is let in at the time of
 * its start and settled at its end, and one instance's failure counts for the service as the balancer would have it. A generator, so that long
 * recordings are no long turn; its value is the answer.
 */
export function* replayCalls(calls: readonly RecordedCall[], options: ReplayOptions): Generator<void, Replay> {
  const { settings, fromMs, cutAfterMs = Infinity, withoutRetries = false } = options;
  const replay: Replay = {
    transitions: [],
    opened: 0,
    refused: { good: 0, failing: 0, unknown: 0 },
    passed: { good: 0, failing: 0, unknown: 0 },
    cut: 0,
    retries: { leftOut: 0, healing: 0 },
  };
  const instances = createInstances();
  const underWay: UnderWay[] = [];
  let memory = startMemory(fromMs);

  const become = (decision: { memory: typeof memory; change?: { reason: string } }, tMs: number) => {
    const previousState = memory.state;
    memory = decision.memory;
    if (!decision.change || memory.state === previousState) return;
    if (memory.state === 'open' && previousState === 'closed') replay.opened += 1;
    replay.transitions.push({ tMs, state: memory.state, previousState, reason: decision.change.reason });
  };
  const settleUntil = (tMs: number) => {
    while (underWay.length > 0 && underWay.at(-1)!.endMs <= tMs) {
      const { call, outcome, epoch, endMs } = underWay.pop()!;
      const result = instances.settle(call.callee, outcome, endMs);
      become(settleCall(memory, settings, { epoch, result }, endMs), endMs);
    }
  };

  for (const [index, call] of calls.entries()) {
    if (index % STEP_CALLS === STEP_CALLS - 1) yield;
    if (withoutRetries && call.isRetry) {
      replay.retries.leftOut += 1;
      replay.retries.healing += Number(call.outcome === 'success');
      continue;
    }
    settleUntil(call.startMs);
    const isCut = call.durationMs > cutAfterMs && call.outcome !== 'rejected';
    const kind = KIND_OF[call.outcome];
    const admission = admitCall(memory, settings, call.startMs);
    if (!admission.admitted) {
      // The instance that took the call in its place has a span of its own.
      if (call.outcome !== 'unsent') replay.refused[kind] += 1;
      continue;
    }
    instances.see(call.callee, call.startMs);
    if (call.outcome === 'unsent') {
      instances.settle(call.callee, call.outcome, call.startMs);
      continue;
    }
    become(admission, call.startMs);
    replay.passed[isCut && kind === 'good' ? 'failing' : kind] += 1;
    if (isCut && kind === 'good') replay.cut += 1;
    insert(underWay, {
      call,
      outcome: isCut ? 'timeout' : call.outcome,
      epoch: memory.epoch,
      endMs: call.startMs + Math.min(call.durationMs, cutAfterMs),
    });
  }
  settleUntil(Infinity);
  return replay;
}

interface UnderWay {
  call: RecordedCall;
  outcome: RecordedOutcome;
  epoch: number;
  endMs: number;
}

const KIND_OF = {
  success: 'good',
  failure: 'failing',
  connect: 'failing',
  timeout: 'failing',
  rejected: 'unknown',
  left: 'unknown',
  unsent: 'unknown',
} as const satisfies Record<RecordedOutcome, 'good' | 'failing' | 'unknown'>;

/** Sorted with the first to end last; few are under way at a time. */
function insert(underWay: UnderWay[], entry: UnderWay): void {
  let low = 0;
  let high = underWay.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (underWay[middle]!.endMs > entry.endMs) low = middle + 1;
    else high = middle;
  }
  underWay.splice(low, 0, entry);
}

/** What the balancer would have known of the instances: whether a failure was the service's, or one instance's alone. */
function createInstances() {
  const members = new Map<number, { memory: InstanceMemory; seenMs: number }>();
  const present = (nowMs: number) => [...members.values()].filter(({ seenMs }) => nowMs - seenMs <= INSTANCE_GONE_MS);
  return {
    see(callee: number, nowMs: number): void {
      const member = members.get(callee);
      if (member) member.seenMs = nowMs;
      else members.set(callee, { memory: FRESH, seenMs: nowMs });
      for (const one of members.values()) one.memory = readmit(one.memory, nowMs);
    },
    settle(callee: number, outcome: RecordedOutcome, nowMs: number): CallResult {
      const member = members.get(callee)!;
      if (outcome === 'rejected' || outcome === 'left') return { kind: 'released' };
      if (outcome === 'success') {
        member.memory = settleSuccess(member.memory, nowMs);
        return { kind: 'success' };
      }
      const all = present(nowMs);
      const isOfService = !all.some(
        (one) => one !== member && !isEjected(one.memory, nowMs) && one.memory.failures === 0 && !one.memory.isOnTrial,
      );
      const mayGo = mayEject(all.length, all.filter(({ memory }) => isEjected(memory, nowMs)).length);
      member.memory = settleFailure(member.memory, FAILURE_OF[outcome], { mayGo, nowMs }).memory;
      return isOfService ? { kind: 'failure', reason: REASON_OF[outcome] } : { kind: 'released' };
    },
  };
}

type Failing = Exclude<RecordedOutcome, 'success' | 'rejected' | 'left'>;

const FAILURE_OF = {
  failure: 'failure',
  connect: 'connect',
  timeout: 'timeout',
  unsent: 'connect',
} as const satisfies Record<Failing, InstanceFailure>;
const REASON_OF = {
  failure: 'a failed answer',
  connect: 'no connection',
  timeout: 'no answer in time',
  unsent: 'no connection',
} as const satisfies Record<Failing, string>;
