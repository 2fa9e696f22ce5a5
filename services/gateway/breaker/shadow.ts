import { Breaker, type Permit, type Refusal, type Transition } from './breaker.ts';
import type { BreakerSettings, ComputedState } from './decide.ts';

/** Calls by how they really ended; of those that were really refused, or that told nothing of the service, nobody knows. */
export interface CallsByEnd {
  good: number;
  failing: number;
  unknown: number;
}

export interface ShadowCounts {
  /** Closed to open. */
  opened: number;
  refused: CallsByEnd;
  passed: CallsByEnd;
}

export interface ShadowOptions {
  name: string;
  settings: BreakerSettings;
  /** When somebody wanted it: tells one shadow of a breaker from the next. */
  sinceMs: number;
  /** Where it goes on after a restart. */
  counts?: ShadowCounts | undefined;
  now?: (() => number) | undefined;
  onTransition?: ((transition: Transition) => void) | undefined;
}

/**
 * A second breaker with other settings beside the one that guards: it hears the ends of the same calls, decides by the same code, and
 * what it decides is only counted.
 */
export class Shadow {
  readonly name: string;
  readonly sinceMs: number;
  readonly counts: ShadowCounts;
  readonly #breaker: Breaker;

  constructor({ name, settings, sinceMs, counts = noShadowCounts(), now, onTransition }: ShadowOptions) {
    this.name = name;
    this.sinceMs = sinceMs;
    this.counts = structuredClone(counts);
    this.#breaker = new Breaker({
      name,
      settings,
      now,
      onTransition: (transition) => {
        if (transition.state === 'open' && transition.previousState === 'closed') this.counts.opened += 1;
        onTransition?.(transition);
      },
    });
  }

  get state(): ComputedState {
    return this.#breaker.memory.state;
  }

  get settings(): BreakerSettings {
    return this.#breaker.settings;
  }

  tune(settings: BreakerSettings): void {
    this.#breaker.tune(settings);
  }

  /** Puts a call to the shadow as well. What comes back does what `entry` does; the shadow learns of it. */
  follow(entry: Permit | Refusal): Permit | Refusal {
    const own = this.#breaker.enter();
    const calls = own.admitted ? this.counts.passed : this.counts.refused;
    let isTold = false;
    const end = (kind: keyof CallsByEnd, settle: (permit: Permit) => void) => {
      if (isTold) return;
      isTold = true;
      calls[kind] += 1;
      if (own.admitted) settle(own);
    };
    if (!entry.admitted) {
      end('unknown', (permit) => permit.release());
      return entry;
    }
    return {
      admitted: true,
      state: entry.state,
      succeed() {
        entry.succeed();
        end('good', (permit) => permit.succeed());
      },
      fail(failure) {
        entry.fail(failure);
        end('failing', (permit) => permit.fail(failure));
      },
      release() {
        entry.release();
        end('unknown', (permit) => permit.release());
      },
    };
  }
}

function noShadowCounts(): ShadowCounts {
  return {
    opened: 0,
    refused: { good: 0, failing: 0, unknown: 0 },
    passed: { good: 0, failing: 0, unknown: 0 },
  };
}
