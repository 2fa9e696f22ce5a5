/** What is kept of a span: places in the request instead of strings, so that a span costs eight numbers. */
const STRIDE = 8;

/** What span-derived series need to know of the spans of one request, in their order. */
export class SpanFacts {
  readonly bytes: Uint8Array;
  readonly #services: string[] = [];
  readonly #numbers: number[] = [];

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get count(): number {
    return this.#numbers.length / STRIDE;
  }

  /** Spans added from now on are of this service. */
  beginService(name: string): void {
    if (this.#services.at(-1) !== name) this.#services.push(name);
  }

  add(fact: SpanFact): void {
    this.#numbers.push(
      this.#services.length - 1,
      fact.nameStart,
      fact.nameEnd,
      fact.kind * STATUSES + fact.status,
      fact.durationNs,
      fact.traceIdStart,
      fact.spanIdStart,
      fact.adjustedCount,
    );
  }

  /** Calls with each span; the object is the same every time. */
  each(use: (service: string, fact: SpanFact) => void): void {
    const numbers = this.#numbers;
    const fact: SpanFact = {
      nameStart: 0,
      nameEnd: 0,
      kind: 0,
      status: 0,
      durationNs: 0,
      traceIdStart: 0,
      spanIdStart: 0,
      adjustedCount: 1,
    };
    for (let at = 0; at < numbers.length; at += STRIDE) {
      const kindAndStatus = numbers[at + 3]!;
      fact.nameStart = numbers[at + 1]!;
      fact.nameEnd = numbers[at + 2]!;
      fact.status = kindAndStatus % STATUSES;
      fact.kind = (kindAndStatus - fact.status) / STATUSES;
      fact.durationNs = numbers[at + 4]!;
      fact.traceIdStart = numbers[at + 5]!;
      fact.spanIdStart = numbers[at + 6]!;
      fact.adjustedCount = numbers[at + 7]!;
      use(this.#services[numbers[at]!] ?? '', fact);
    }
  }
}

const STATUSES = 3;

export interface SpanFact {
  /** A range of the request's bytes. */
  nameStart: number;
  nameEnd: number;
  /** As OTLP numbers them. */
  kind: number;
  status: number;
  durationNs: number;
  /** 16 bytes from here, and 8. */
  traceIdStart: number;
  spanIdStart: number;
  /** How many spans it stands for, itself included. */
  adjustedCount: number;
}
