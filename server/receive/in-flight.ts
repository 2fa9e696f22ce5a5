/** Bodies as they arrive, over all requests. */
const IN_FLIGHT_BYTES_MAX = 128 * 1024 ** 2;
/** Decompressed and decoded a request may be many times its body, so few are at that point at once. */
const DECODING_MAX = 4;

/** Counts the bytes of requests that are being worked on, and lets no more in than the bound. */
export class InFlight {
  readonly #max: number;
  #bytes = 0;

  constructor(max = IN_FLIGHT_BYTES_MAX) {
    this.#max = max;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** A single request may pass the bound by itself; the first is always let in. */
  take(bytes: number): boolean {
    if (this.#bytes > 0 && this.#bytes + bytes > this.#max) return false;
    this.#bytes += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#bytes -= bytes;
  }
}

/** Lets a few at a time do what needs much memory; the others wait in line. */
export class Turnstile {
  #free: number;
  #line: (() => void)[] = [];

  constructor(places = DECODING_MAX) {
    this.#free = places;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#line.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#line.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
