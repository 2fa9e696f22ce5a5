/** Shoppers do not click like a clock: between half and one and a half of the mean. */
const JITTER = 0.5;

/** Thrown to whoever asks for a slot when the test is over. */
export class TestOver extends Error {
  override readonly name = 'TestOver';
}

export interface ScheduleOptions {
  startMs: number;
  endMs: number;
  perSecond: number;
  random: () => number;
  now: () => number;
  /** Resolves after the time, or at once when the signal fires. */
  sleep: (ms: number) => Promise<void>;
  isStopped: () => boolean;
}

/**
 * When one shopper's requests are due, decided without regard to how long answers take: a slow shop is not asked less often, and what waits
 * for its answer is counted as waiting (no coordinated omission).
 */
export class Schedule {
  readonly #options: ScheduleOptions;
  #nextMs: number;

  constructor(options: ScheduleOptions) {
    this.#options = options;
    this.#nextMs = options.startMs;
  }

  /** Waits for the next request to be due and answers since when it is; throws TestOver when none is any more. */
  async take(): Promise<number> {
    const { endMs, now, sleep, isStopped } = this.#options;
    const dueMs = this.#nextMs;
    if (dueMs >= endMs || isStopped()) throw new TestOver();
    const waitMs = dueMs - now();
    if (waitMs > 0) await sleep(waitMs);
    if (isStopped() || now() >= endMs) throw new TestOver();
    this.#nextMs = dueMs + this.#thinkMs();
    // A timer that fires late is our own fault and counts against nobody; who was held up by the answer before has been waiting since then.
    return waitMs > 0 ? now() : dueMs;
  }

  /** How many requests were due until `atMs` and never sent, because answers before them took so long. */
  unsent(atMs: number): number {
    const leftMs = Math.min(atMs, this.#options.endMs) - this.#nextMs;
    return leftMs <= 0 ? 0 : 1 + Math.floor((leftMs * this.#options.perSecond) / 1_000);
  }

  #thinkMs(): number {
    const { perSecond, random } = this.#options;
    return (1_000 / perSecond) * (1 - JITTER + 2 * JITTER * random());
  }
}
