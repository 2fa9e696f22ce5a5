import { refusal } from './engine-error.ts';

/** Lets a bounded number in at once and a bounded number wait; `enter` gives the function that leaves. */
export interface Gate {
  enter: () => Promise<() => void>;
}

export function createGate(runningMax: number, waitingMax: number): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  };
  return {
    enter: async () => {
      if (running < runningMax) running += 1;
      else if (waiting.length < waitingMax) await new Promise<void>((resolve) => waiting.push(resolve));
      else {
        const reason = `Too many simultaneous queries: ${running} are running and ${waiting.length} are waiting`;
        throw refusal(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', reason);
      }
      let left = false;
      return () => {
        if (!left) leave();
        left = true;
      };
    },
  };
}
