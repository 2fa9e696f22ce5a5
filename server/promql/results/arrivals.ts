export interface ArrivalsRead {
  /** The store's clock. */
  storeMs: number;
  /** Of all samples that came in since a time the oldest; Infinity for none. */
  oldestMs: number;
}

/** What came in since a time, as the reads of one question hear it beside their samples: so nobody has to ask for it alone. */
export class ArrivalsHeard {
  readonly sinceMs: number;
  #read: ArrivalsRead | undefined;

  constructor(sinceMs: number) {
    this.sinceMs = sinceMs;
  }

  /** Of several reads the first counts: what came in after it was not in all of them. */
  hear({ storeMs, oldestMs }: ArrivalsRead): void {
    const before = this.#read ?? { storeMs: Infinity, oldestMs: Infinity };
    this.#read = { storeMs: Math.min(before.storeMs, storeMs), oldestMs: Math.min(before.oldestMs, oldestMs) };
  }

  /** undefined as long as nothing was read. */
  get read(): ArrivalsRead | undefined {
    return this.#read;
  }
}
