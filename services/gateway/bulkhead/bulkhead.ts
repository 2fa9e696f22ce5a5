/** A place among the calls that may be under way at a service; left once, when nothing of the call is. */
export interface Place {
  leave: () => void;
}

export interface BulkheadOptions {
  /** Calls under way. */
  callsMax: number;
  /** Calls that wait for one of those to end; what comes beyond is refused at once. */
  waitingMax: number;
}

/** Bounds what one service can hold of the gateway: a slow one fills its own places, and no others'. */
export class Bulkhead {
  readonly name: string;
  readonly #options: BulkheadOptions;
  readonly #waiting = new Set<(place: Place) => void>();
  #calls = 0;
  #refusals = 0;

  constructor(name: string, options: BulkheadOptions) {
    this.name = name;
    this.#options = options;
  }

  get calls(): number {
    return this.#calls;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Since the gateway began. */
  get refusals(): number {
    return this.#refusals;
  }

  /** A place, if one is free. */
  tryEnter(): Place | null {
    // While somebody waits none is free: who leaves hands theirs on.
    if (this.#calls >= this.#options.callsMax) return null;
    this.#calls += 1;
    return this.#place();
  }

  /** A place as soon as one is free; null when too many wait already, or nobody wants it any more, or `maxMs` are over. */
  wait(signal: AbortSignal, maxMs: number): Promise<Place | null> {
    if (this.#waiting.size >= this.#options.waitingMax || signal.aborted) return Promise.resolve(this.#refuse(signal));
    const { promise, resolve } = Promise.withResolvers<Place | null>();
    const end = (place: Place | null) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      this.#waiting.delete(end);
      resolve(place ?? this.#refuse(signal));
    };
    const giveUp = () => end(null);
    const timer = setTimeout(giveUp, maxMs);
    signal.addEventListener('abort', giveUp, { once: true });
    this.#waiting.add(end);
    return promise;
  }

  #refuse({ aborted }: AbortSignal): null {
    // Who has left was not sent away.
    if (!aborted) this.#refusals += 1;
    return null;
  }

  #place(): Place {
    let isLeft = false;
    return {
      leave: () => {
        if (isLeft) return;
        isLeft = true;
        // A Set keeps the order in which they came.
        const [next] = this.#waiting;
        if (next) next(this.#place());
        else this.#calls -= 1;
      },
    };
  }
}
