/** Time as the evaluator knows it, so that tests can move it. */
export interface Clock {
  now: () => Date;
  /** Calls once after so long; what is returned calls it off. */
  after: (ms: number, run: () => void) => () => void;
}

export function systemClock(now: () => Date): Clock {
  return {
    now,
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  };
}
