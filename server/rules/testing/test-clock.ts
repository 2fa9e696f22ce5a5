import type { Clock } from '../clock.ts';

export interface TestClock extends Clock {
  /** Moves time on, and runs what is due on the way, in its order. */
  advance: (ms: number) => void;
  /** How long until the next is due; undefined when nothing waits. */
  untilNext: () => number | undefined;
}

/** A clock that only moves when it is told. */
export function createTestClock(startMs: number): TestClock {
  let nowMs = startMs;
  const waiting = new Map<symbol, { atMs: number; run: () => void }>();
  const next = () => [...waiting].toSorted(([, a], [, b]) => a.atMs - b.atMs)[0];
  return {
    now: () => new Date(nowMs),
    after: (ms, run) => {
      const id = Symbol('timer');
      waiting.set(id, { atMs: nowMs + ms, run });
      return () => waiting.delete(id);
    },
    untilNext: () => {
      const found = next();
      return found && found[1].atMs - nowMs;
    },
    advance: (ms) => {
      const untilMs = nowMs + ms;
      for (let found = next(); found && found[1].atMs <= untilMs; found = next()) {
        const [id, { atMs, run }] = found;
        waiting.delete(id);
        nowMs = Math.max(nowMs, atMs);
        run();
      }
      nowMs = untilMs;
    },
  };
}
