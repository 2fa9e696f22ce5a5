import { hash } from 'node:crypto';

export interface Interval {
  ms: number;
  /** Decides the phase. */
  key: string;
  onError: (error: unknown) => void;
}

/**
 * Runs `work` at every multiple of the interval plus a phase that the key decides, so that many loops spread over the
 * interval and keep their places over restarts. A run that takes longer than the interval skips the ones it overlaps.
 */
export function everyInterval(
  { ms, key, onError }: Interval,
  work: () => Promise<void>,
): { stop: () => Promise<void> } {
  const phaseMs = hash('sha256', key, 'buffer').readUInt32LE(0) % ms;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = work().catch(onError).finally(schedule);
  };
  const schedule = () => {
    if (stopped) return;
    const sinceLastMs = (((Date.now() - phaseMs) % ms) + ms) % ms;
    timer = setTimeout(run, ms - sinceLastMs);
  };
  // The first run is soon, so that a fresh start shows life.
  let timer = setTimeout(run, Math.min(phaseMs, FIRST_MS_MAX));
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

const FIRST_MS_MAX = 1_000;
