import {
  admitCall,
  forceState,
  settleCall,
  startMemory,
  type BreakerMemory,
  type BreakerSettings,
  type CallResult,
  type CircuitState,
  type Decision,
} from './decide.ts';

/** The words of circuit_breaker.outcome. */
export type CallOutcome = 'success' | 'failure' | 'rejected' | 'timeout';

export interface Transition {
  name: string;
  state: CircuitState;
  previousState: CircuitState;
  atMs: number;
  reason: string;
  /** Failures in a row that led here. */
  failures: number;
  /** Calls that ended in the state before. */
  calls: number;
  nextAttemptMs: number | null;
  traceIds: readonly string[];
  settings: BreakerSettings;
}

export interface BreakerOptions {
  name: string;
  settings: BreakerSettings;
  now?: () => number;
  onTransition?: (transition: Transition) => void;
  onCall?: (name: string, outcome: CallOutcome) => void;
}

export interface Failure {
  outcome: 'failure' | 'timeout';
  reason: string;
  traceId?: string;
}

/** The right to make one call. Its end is told once, by whichever comes first; later words are ignored. */
export interface Permit {
  readonly admitted: true;
  readonly state: CircuitState;
  succeed(): void;
  fail(failure: Failure): void;
  /** The call ended for a reason that tells nothing of the service. */
  release(): void;
}

export interface Refusal {
  readonly admitted: false;
  readonly state: CircuitState;
  readonly retryAfterMs: number;
}

/** A breaker guards the calls to one service. What it decides is in decide.ts; it keeps the memory and tells who listens. */
export class Breaker {
  readonly name: string;
  readonly settings: BreakerSettings;
  readonly #options: BreakerOptions;
  readonly #now: () => number;
  #memory: BreakerMemory;

  constructor(options: BreakerOptions) {
    this.name = options.name;
    this.settings = options.settings;
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#memory = startMemory(this.#now());
  }

  get memory(): BreakerMemory {
    return this.#memory;
  }

  /** Would a call be let in now? */
  get isPassable(): boolean {
    return admitCall(this.#memory, this.settings, this.#now()).admitted;
  }

  enter(): Permit | Refusal {
    const admission = admitCall(this.#memory, this.settings, this.#now());
    if (!admission.admitted) {
      this.#options.onCall?.(this.name, 'rejected');
      return { admitted: false, state: admission.state, retryAfterMs: admission.retryAfterMs };
    }
    this.#apply(admission);
    return this.#permit();
  }

  /** Holds the breaker open or closed whatever the calls say; null gives it back to them. */
  force(forced: 'open' | 'closed' | null, reason: string): void {
    this.#apply(forceState(this.#memory, forced, reason, this.#now()));
  }

  #permit(): Permit {
    const { epoch, state } = this.#memory;
    let isSettled = false;
    const settle = (outcome: CallOutcome | undefined, result: CallResult) => {
      if (isSettled) return;
      isSettled = true;
      if (outcome) this.#options.onCall?.(this.name, outcome);
      this.#apply(settleCall(this.#memory, this.settings, { epoch, result }, this.#now()));
    };
    return {
      admitted: true,
      state,
      succeed: () => settle('success', { kind: 'success' }),
      fail: ({ outcome, reason, traceId }) => settle(outcome, { kind: 'failure', reason, traceId }),
      release: () => settle(undefined, { kind: 'released' }),
    };
  }

  #apply({ memory, change }: Decision): void {
    const previousState = this.#memory.state;
    this.#memory = memory;
    if (!change) return;
    this.#options.onTransition?.({
      name: this.name,
      state: memory.state,
      previousState,
      atMs: memory.sinceMs,
      reason: change.reason,
      failures: memory.failures,
      calls: change.calls,
      nextAttemptMs: memory.nextAttemptMs,
      traceIds: memory.failedTraceIds,
      settings: this.settings,
    });
  }
}
