/** A laptop that slept wakes up with the wrong time for no longer. */
const WAIT_MS_MAX = 30_000;
const clocks = new Map<number, { listeners: Set<() => void>; timer: ReturnType<typeof setInterval> }>();

/** Calls at each step of the clock, or more often. One timer for all that move in the same steps, so that a table of times is drawn again once a step, not once a row. */
export function onStep(stepMs: number, listener: () => void): () => void {
  let clock = clocks.get(stepMs);
  if (!clock) {
    const listeners = new Set<() => void>();
    const timer = setInterval(() => listeners.forEach((notify) => notify()), Math.min(stepMs, WAIT_MS_MAX));
    clock = { listeners, timer };
    clocks.set(stepMs, clock);
  }
  const { listeners, timer } = clock;
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    clocks.delete(stepMs);
  };
}
