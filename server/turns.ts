export interface Turns {
  /** Does the work when it is its turn. */
  take: <T>(work: () => Promise<T>) => Promise<T>;
}

/** At most `max` at once, the others in the order of their asking. */
export function createTurns(max: number): Turns {
  const waiting: (() => void)[] = [];
  let busy = 0;
  return {
    take: async (work) => {
      if (busy < max) busy += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        // A turn is handed on, never free in between: nobody can push in.
        const next = waiting.shift();
        if (next) next();
        else busy -= 1;
      }
    },
  };
}
