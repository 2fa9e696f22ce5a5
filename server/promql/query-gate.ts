import { PromqlError } from './promql-error.ts';

/** Lets so many queries run at a time; the others wait their turn for as long as they may take. */
export class QueryGate {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(runningMax: number) {
    this.#free = runningMax;
  }

  async run<Result>(timeoutMs: number, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    await this.#enter(timeoutMs, signal);
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }

  #enter(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(canceled());
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
        const place = this.#waiting.indexOf(enter);
        if (place !== -1) this.#waiting.splice(place, 1);
      };
      const enter = () => {
        leave();
        resolve();
      };
      const giveUp = () => {
        leave();
        reject(signal.aborted ? canceled() : new PromqlError('timeout', 'query timed out in query queue'));
      };
      const timer = setTimeout(giveUp, timeoutMs);
      signal.addEventListener('abort', giveUp);
      this.#waiting.push(enter);
    });
  }
}

function canceled(): PromqlError {
  return new PromqlError('canceled', 'query was canceled in query queue');
}
