import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { ForwardSignal } from './destination.ts';

const BATCH_BYTES = 1024 ** 2;
const AGE_MS_MAX = 500;
/** What may wait in memory for the spool; a disk that is slower than the senders loses the rest, counted. */
const WAITING_BYTES_MAX = 16 * 1024 ** 2;

interface Pending {
  bodies: Uint8Array[];
  bytes: number;
  items: number;
}

export interface GatherOptions {
  onBatch: (signal: ForwardSignal, items: number, payload: Uint8Array) => Promise<void>;
  onDropped: (signal: ForwardSignal, items: number) => void;
}

/** Puts requests of one signal together: OTLP requests one behind the other are one request. */
export class Gather {
  readonly #options: GatherOptions;
  readonly #pending = new Map<ForwardSignal, Pending>();
  readonly #writing = new Set<Promise<void>>();
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: GatherOptions) {
    this.#options = options;
  }

  /** Returns at once. */
  add(signal: ForwardSignal, body: Uint8Array, items: number): void {
    if (items === 0) return;
    if (this.#bytes > 0 && this.#bytes + body.length > WAITING_BYTES_MAX) return this.#options.onDropped(signal, items);
    const pending = this.#pending.get(signal) ?? { bodies: [], bytes: 0, items: 0 };
    this.#pending.set(signal, pending);
    pending.bodies.push(body);
    pending.bytes += body.length;
    pending.items += items;
    this.#bytes += body.length;
    if (pending.bytes >= BATCH_BYTES) this.#flush(signal);
    else this.#timer ??= setTimeout(() => void this.flush(), AGE_MS_MAX).unref();
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const signal of this.#pending.keys()) this.#flush(signal);
    await Promise.all(this.#writing);
  }

  #flush(signal: ForwardSignal): void {
    const { bodies, bytes, items } = this.#pending.get(signal)!;
    this.#pending.delete(signal);
    const written = this.#write(signal, bodies, bytes, items).finally(() => {
      this.#bytes -= bytes;
      this.#writing.delete(written);
    });
    this.#writing.add(written);
  }

  async #write(signal: ForwardSignal, bodies: Uint8Array[], bytes: number, items: number): Promise<void> {
    const payload = await compress(Buffer.concat(bodies, bytes), { level: constants.Z_BEST_SPEED });
    await this.#options.onBatch(signal, items, payload);
  }
}

const compress = promisify<Buffer, { level: number }, Buffer>(gzip);
