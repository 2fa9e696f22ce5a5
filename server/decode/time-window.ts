const NS_PER_MS = 1e6;
const DAY_MS = 86_400_000;
/** Older rows would be dropped by the retention at once, and each day of a batch is a partition that one insert touches. */
const PAST_DAYS_MAX = 31;
/** Clocks differ; by more than this a time is a mistake of units or of the clock. */
const FUTURE_DAYS_MAX = 1;

/** The times that are accepted, as seen from now. */
export class TimeWindow {
  readonly nowMs: number;
  readonly #oldestNs: number;
  readonly #newestNs: number;

  constructor(nowMs: number) {
    this.nowMs = nowMs;
    this.#oldestNs = (nowMs - PAST_DAYS_MAX * DAY_MS) * NS_PER_MS;
    this.#newestNs = (nowMs + FUTURE_DAYS_MAX * DAY_MS) * NS_PER_MS;
  }

  /** Takes the halves of nanoseconds since 1970; they need not be exact to be judged. */
  includes(lo: number, hi: number): boolean {
    const ns = hi * 2 ** 32 + lo;
    return ns >= this.#oldestNs && ns <= this.#newestNs;
  }

  includesMs(timestampMs: number): boolean {
    return timestampMs * NS_PER_MS >= this.#oldestNs && timestampMs * NS_PER_MS <= this.#newestNs;
  }
}

const WINDOW = `the time is over ${PAST_DAYS_MAX} days ago or over ${FUTURE_DAYS_MAX} day ahead`;
export const OUTSIDE_WINDOW_MS = `${WINDOW} (milliseconds since 1970 are expected)`;
export const OUTSIDE_WINDOW = `${WINDOW} (nanoseconds since 1970 are expected)`;

/** Exact, though nanoseconds since 1970 are beyond what a number holds exactly. */
export function toMs(lo: number, hi: number): number {
  return Math.floor(hi / NS_PER_MS) * 2 ** 32 + Math.floor(((hi % NS_PER_MS) * 2 ** 32 + lo) / NS_PER_MS);
}
