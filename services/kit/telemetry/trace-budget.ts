/** Short enough that a burst is met, long enough that a few requests are none. */
const STEP_MS = 100;
/** What the newest step weighs against all before. */
const NEWEST = 0.5;

/**
 * How many of the traces that begin here are kept: all up to `perSecond`, above that the half, the quarter, the eighth…, so that what is
 * kept stays below it and each kept one stands for a whole number of them. Returns the share for the next, between 0 and 1.
 */
export function createTraceBudget(perSecond: number, now: () => number = () => performance.now()): () => number {
  let stepBeganMs = now();
  let begun = 0;
  let rate = 0;
  let share = 1;
  return () => {
    begun++;
    const elapsedMs = now() - stepBeganMs;
    if (elapsedMs < STEP_MS) return share;
    const newest = (begun * 1_000) / elapsedMs;
    // After a pause what was before it says nothing.
    rate = elapsedMs > 10 * STEP_MS ? newest : rate + (newest - rate) * NEWEST;
    share = rate <= perSecond ? 1 : 2 ** -Math.ceil(Math.log2(rate / perSecond));
    stepBeganMs += elapsedMs;
    begun = 0;
    return share;
  };
}
