const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10_000;
/** A process that ran this long was healthy: its next death is a new story. */
const HEALTHY_AFTER_MS = 30_000;

export interface RestartDecision {
  delayMs: number;
  /** Deaths in a row, this one included. */
  attempt: number;
}

/** How long to wait before starting a dead process again: doubling from 0.2 s to 10 s, from the start after 30 s of health. */
export function decideRestart(previousAttempts: number, ranMs: number): RestartDecision {
  const attempt = ranMs >= HEALTHY_AFTER_MS ? 1 : previousAttempts + 1;
  return { attempt, delayMs: Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS) };
}
