import {
  admitCall,
  probeNow,
  retune,
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

/** An operator's word against what the calls say; it always ends by itself. */
export interface Forced {
  readonly side: 'open' | 'closed';
  readonly reason: string;
  /** Who. */
  readonly by: string;
  readonly sinceMs: number;
  readonly untilMs: number;
}

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
  forced: Forced | null;
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

/**
 * A breaker guards the calls to one service. What it decides is in decide.ts; it keeps the memory, an operator's word beside it, and
 * tells who listens. While it is forced the memory goes on with the calls that it would have let in itself, so that the breaker is
 * released to the state that the service deserves.
 */
export class Breaker {
  readonly name: string;
  readonly #options: BreakerOptions;
  readonly #now: () => number;
  #settings: BreakerSettings;
  #memory: BreakerMemory;
  #forced: Forced | null = null;
  #sinceMs: number;
  #reason = '';

  constructor(options: BreakerOptions) {
    this.name = options.name;
    this.#options = options;
    this.#settings = options.settings;
    this.#now = options.now ?? Date.now;
    this.#memory = startMemory(this.#now());
    this.#sinceMs = this.#memory.sinceMs;
  }

  /** What the calls say of the service, forced or not. */
  get memory(): BreakerMemory {
    return this.#memory;
  }

  get settings(): BreakerSettings {
    return this.#settings;
  }

  get forced(): Forced | null {
    return this.#forced;
  }

  get state(): CircuitState {
    return this.#forced ? `forced_${this.#forced.side}` : this.#memory.state;
  }

  get sinceMs(): number {
    return this.#sinceMs;
  }

  /** Why it came into its state; empty at the start. */
  get reason(): string {
    return this.#reason;
  }

  /** When the next trial may be made, if only time is missing. */
  get nextAttemptMs(): number | null {
    return this.#forced ? null : this.#memory.nextAttemptMs;
  }

  /** Would a call be let in now? */
  get isPassable(): boolean {
    if (this.#forced) return this.#forced.side === 'closed';
    return admitCall(this.#memory, this.#settings, this.#now()).admitted;
  }

  enter(): Permit | Refusal {
    this.releaseExpired();
    const nowMs = this.#now();
    if (this.#forced?.side === 'open') return this.#refuse(this.#forced.untilMs - nowMs);
    const admission = admitCall(this.#memory, this.#settings, nowMs);
    if (admission.admitted) {
      this.#apply(admission);
      return this.#permit(this.#memory.epoch);
    }
    return this.#forced ? this.#permit(null) : this.#refuse(admission.retryAfterMs);
  }

  /** Holds the breaker open or closed whatever the calls say; null gives it back to them. */
  force(forced: Forced | null, reason: string): void {
    const isHeld = this.#forced !== null;
    if (!forced && !isHeld) return;
    this.#become(this.#memory, forced, { reason, calls: this.#memory.calls });
  }

  /** Ends a force whose time is over; asked before each call, and by whoever keeps the time while there are none. */
  releaseExpired(): void {
    const forced = this.#forced;
    if (!forced || this.#now() < forced.untilMs) return;
    this.force(null, `the time is over for which ${forced.by} had forced it ${forced.side}`);
  }

  tune(settings: BreakerSettings): void {
    this.#settings = settings;
    this.#apply(retune(this.#memory, settings, this.#now()));
  }

  /** Makes the next calls trials; says whether there was something to try. */
  probe(reason: string): boolean {
    if (this.state !== 'open') return false;
    this.#apply(probeNow(this.#memory, reason, this.#now()));
    return true;
  }

  #refuse(retryAfterMs: number): Refusal {
    this.#options.onCall?.(this.name, 'rejected');
    return { admitted: false, state: this.state, retryAfterMs: Math.min(retryAfterMs, this.#settings.resetTimeoutMs) };
  }

  /** `epoch` is null for a call that only passes because the breaker is held closed: it proves nothing. */
  #permit(epoch: number | null): Permit {
    let isSettled = false;
    const settle = (outcome: CallOutcome | undefined, result: CallResult) => {
      if (isSettled) return;
      isSettled = true;
      if (outcome) this.#options.onCall?.(this.name, outcome);
      if (epoch !== null) this.#apply(settleCall(this.#memory, this.#settings, { epoch, result }, this.#now()));
    };
    return {
      admitted: true,
      state: this.state,
      succeed: () => settle('success', { kind: 'success' }),
      fail: ({ outcome, reason, traceId }) => settle(outcome, { kind: 'failure', reason, traceId }),
      release: () => settle(undefined, { kind: 'released' }),
    };
  }

  #apply({ memory, change }: Decision): void {
    this.#become(memory, this.#forced, change);
  }

  #become(memory: BreakerMemory, forced: Forced | null, change: Decision['change']): void {
    const previousState = this.state;
    this.#memory = memory;
    this.#forced = forced;
    const { state } = this;
    if (!change || state === previousState) return;
    const atMs = this.#now();
    this.#sinceMs = atMs;
    this.#reason = change.reason;
    this.#options.onTransition?.({
      name: this.name,
      state,
      previousState,
      atMs,
      reason: change.reason,
      failures: memory.failures,
      calls: change.calls,
      nextAttemptMs: this.nextAttemptMs,
      traceIds: forced ? [] : memory.failedTraceIds,
      settings: this.#settings,
      forced,
    });
  }
}
