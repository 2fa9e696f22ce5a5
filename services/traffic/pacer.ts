/** Hands out slots at a steady rate, whatever the answers take. */
export interface Pacer {
  /** Resolves when it is this caller's turn. */
  take: () => Promise<void>;
  /** No slot is handed out for that long. */
  pause: (ms: number) => void;
  stop: () => void;
}

/** `onIdle` is called for a slot that nobody waits for: whoever shops is still waiting for an answer. */
export function createPacer(perSecond: number, onIdle: () => void): Pacer {
  const waiting: (() => void)[] = [];
  let pausedUntilMs = 0;
  const timer = setInterval(() => {
    if (Date.now() < pausedUntilMs) return;
    const next = waiting.shift();
    if (next) return next();
    onIdle();
    // Whoever came because of it uses this slot.
    setImmediate(() => waiting.shift()?.());
  }, 1_000 / perSecond);
  return {
    take: () => new Promise((resolve) => waiting.push(resolve)),
    pause: (ms) => {
      pausedUntilMs = Math.max(pausedUntilMs, Date.now() + ms);
    },
    stop: () => clearInterval(timer),
  };
}
