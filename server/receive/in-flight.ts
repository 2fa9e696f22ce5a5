/** Bodies as they arrive and as they decompress, over all requests. */
export const IN_FLIGHT_BYTES_MAX = 128 * 1024 ** 2;
/** Decompressed and decoded a request may be many times its body, so few are at that point at once. */
const DECODING_MAX = 4;

/**
 * Counts the bytes of requests that are being worked on, and lets no more in than the bound. A sender may hold as much as
 * is still free: one alone half of all, two a third each. So there is always room for who holds little, and who holds most
 * is the first to be refused.
 */
export class InFlight {
  readonly #max: number;
  readonly #held = new Map<string, number>();
  #bytes = 0;

  constructor(max = IN_FLIGHT_BYTES_MAX) {
    this.#max = max;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** A single request may pass the bound by itself; the first is always let in. */
  take(bytes: number, sender = ''): boolean {
    const held = this.#held.get(sender) ?? 0;
    if (this.#bytes > 0 && held + bytes > this.#max - this.#bytes) return false;
    this.#held.set(sender, held + bytes);
    this.#bytes += bytes;
    return true;
  }

  give(bytes: number, sender = ''): void {
    const left = (this.#held.get(sender) ?? 0) - bytes;
    if (left > 0) this.#held.set(sender, left);
    else this.#held.delete(sender);
    this.#bytes -= bytes;
  }

  /** What one request takes, to be given back together. */
  hold(sender: string): Held {
    let taken = 0;
    return {
      take: (bytes) => {
        if (!this.take(bytes, sender)) return false;
        taken += bytes;
        return true;
      },
      release: () => {
        this.give(taken, sender);
        taken = 0;
      },
    };
  }
}

export interface Held {
  take: (bytes: number) => boolean;
  release: () => void;
}

/** Lets a few at a time do what needs much memory. Of the others the senders take turns, so that no line of one is in the way. */
export class Turnstile {
  #free: number;
  /** Who waits, in the order of their turns. */
  readonly #lines = new Map<string, (() => void)[]>();

  constructor(places = DECODING_MAX) {
    this.#free = places;
  }

  async run<T>(work: () => Promise<T>, sender = ''): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#line(sender).push(resolve));
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  #line(sender: string): (() => void)[] {
    const line = this.#lines.get(sender) ?? [];
    this.#lines.set(sender, line);
    return line;
  }

  #next(): void {
    const [turn] = this.#lines;
    if (!turn) {
      this.#free++;
      return;
    }
    const [sender, line] = turn;
    const first = line.shift()!;
    this.#lines.delete(sender);
    if (line.length > 0) this.#lines.set(sender, line);
    first();
  }
}
