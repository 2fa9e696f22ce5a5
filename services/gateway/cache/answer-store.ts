import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { CallResult } from '../proxy/call-upstream.ts';
import type { StoredAnswer } from './stored-answer.ts';

/** What those who waited for a call of another are told of it. */
export type FlightEnd =
  | { kind: 'stored'; stored: StoredAnswer }
  /** Nobody need ask again what was refused, or wait again for what did not come in time. */
  | { kind: 'unanswered'; result: CallResult }
  /** The client whose call it was is gone. */
  | { kind: 'left' }
  | { kind: 'alone' };

export interface Flight {
  ended: Promise<FlightEnd>;
  end: (end: FlightEnd) => void;
  /** As it was when the call began: what was dropped since is not to come back by it. */
  epoch: number;
}

/** All that is kept of one URI: an answer for each set of values of the headers that it varies by. */
interface Resource {
  path: string;
  vary: readonly string[];
  variants: ReadonlyMap<string, StoredAnswer>;
}

const RESOURCES_MAX = 10_000;
const VARIANTS_MAX = 8;
/** What an entry takes beside its body, roughly. */
const OVERHEAD_BYTES = 2_048;

/** Keeps answers within a number of bytes, the least used goes first, and knows which calls are under way. */
export class AnswerStore {
  #resources: LRUCache<string, Resource>;
  #flights = new Map<string, Flight>();
  #epoch = 0;
  evictions = 0;

  constructor(bytesMax: number) {
    this.#resources = new LRUCache({
      max: RESOURCES_MAX,
      maxSize: bytesMax,
      sizeCalculation: ({ variants }) =>
        variants.values().reduce((sum, { body }) => sum + body.length + OVERHEAD_BYTES, 0),
      dispose: (_resource, _key, reason) => {
        if (reason === 'evict') this.evictions += 1;
      },
    });
  }

  get bytes(): number {
    return this.#resources.calculatedSize;
  }

  get count(): number {
    return this.#resources.size;
  }

  find(key: string, request: IncomingHttpHeaders): StoredAnswer | undefined {
    const resource = this.#resources.get(key);
    return resource?.variants.get(variantOf(resource.vary, request));
  }

  /** Keeps the answer of a call, unless something was dropped after it began. */
  keep(key: string, request: IncomingHttpHeaders, stored: StoredAnswer, epoch: number): void {
    if (epoch !== this.#epoch) return;
    const vary = String(stored.received.vary ?? '')
      .toLowerCase()
      .split(/\s*,\s*/)
      .filter(Boolean);
    const known = this.#resources.peek(key);
    const others = known && known.vary.join() === vary.join() ? [...known.variants] : [];
    const own = variantOf(vary, request);
    const variants = new Map([...others.filter(([name]) => name !== own).slice(1 - VARIANTS_MAX), [own, stored]]);
    this.#resources.set(key, { path: stored.path, vary, variants });
  }

  forget(key: string): void {
    this.#resources.delete(key);
  }

  /** Drops what is kept of this path and of all below it; all for ''. How many URIs that were. */
  drop(path: string): number {
    this.#epoch += 1;
    const gone = [...this.#resources.entries()].filter(([, resource]) => isWithin(resource.path, path));
    for (const [key] of gone) this.#resources.delete(key);
    return gone.length;
  }

  /** The call that is under way and that others may wait for. */
  flightOf(key: string): Flight | undefined {
    const flight = this.#flights.get(key);
    // What began before something changed may tell of how it was.
    return flight?.epoch === this.#epoch ? flight : undefined;
  }

  /** Begins a call; `isShared` when others may wait for it. */
  begin(key: string, isShared: boolean): Flight {
    const { promise, resolve } = Promise.withResolvers<FlightEnd>();
    const flight: Flight = {
      ended: promise,
      epoch: this.#epoch,
      end: (end) => {
        if (this.#flights.get(key) === flight) this.#flights.delete(key);
        resolve(end);
      },
    };
    if (isShared) this.#flights.set(key, flight);
    return flight;
  }
}

function variantOf(vary: readonly string[], request: IncomingHttpHeaders): string {
  return vary.map((name) => String(request[name] ?? '')).join('\n');
}

function isWithin(stored: string, path: string): boolean {
  return stored.startsWith(path) && (path === '' || ['', '/', '?'].includes(stored.charAt(path.length)));
}
