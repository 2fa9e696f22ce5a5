/** Repeated calls in a hundred first ones, at most: so much more load a service in trouble gets. */
export const RETRY_PERCENT_MAX = 10;
/** In a window, however few calls there are: a lone failure may be repeated. */
export const RETRIES_FREE = 3;
const WINDOW_MS = 10_000;
/** The window moves on in steps of a tenth: one number a call would grow with the traffic. */
const SLOTS = 10;
const SLOT_MS = WINDOW_MS / SLOTS;

interface Slot {
  /** Which tenth of all time this is. */
  tick: number;
  calls: number;
  retries: number;
}

/** What calls to one service may be repeated: a share of those that were made in the last ten seconds. */
export class RetryBudget {
  readonly service: string;
  /** Since the process began: repeated calls, and those that were not repeated for want of budget. */
  readonly totals = { sent: 0, refused: 0 };
  readonly #now: () => number;
  readonly #slots: Slot[] = Array.from({ length: SLOTS }, () => ({ tick: -SLOTS, calls: 0, retries: 0 }));

  constructor(service: string, now: () => number = Date.now) {
    this.service = service;
    this.#now = now;
  }

  /** A call is made for the first time. */
  noteCall(): void {
    this.#slot().calls += 1;
  }

  /** Takes one retry out of the budget; false when there is none left, and the call must not be repeated. */
  spend(): boolean {
    if (this.left < 1) {
      this.totals.refused += 1;
      return false;
    }
    this.#slot().retries += 1;
    this.totals.sent += 1;
    return true;
  }

  /** How many calls may be repeated now. */
  get left(): number {
    const oldest = this.#tick() - SLOTS;
    let calls = 0;
    let retries = 0;
    for (const slot of this.#slots) {
      if (slot.tick <= oldest) continue;
      calls += slot.calls;
      retries += slot.retries;
    }
    return Math.max(0, Math.max(RETRIES_FREE, Math.floor((calls * RETRY_PERCENT_MAX) / 100)) - retries);
  }

  #tick(): number {
    return Math.floor(this.#now() / SLOT_MS);
  }

  #slot(): Slot {
    const tick = this.#tick();
    const slot = this.#slots[tick % SLOTS]!;
    if (slot.tick !== tick) Object.assign(slot, { tick, calls: 0, retries: 0 });
    return slot;
  }
}
