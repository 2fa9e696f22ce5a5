import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** One request that waits, in a file of its own: `<number>.<signal>.<items>.batch`. */
export interface Batch {
  file: string;
  signal: string;
  items: number;
  bytes: number;
}

const NAME = /^(\d{18})\.(\w+)\.(\d+)\.batch$/;

/** Requests on the disk that wait for a destination, oldest first and bounded; they outlive the process. */
export class Spool {
  bytes = 0;
  readonly #dir: string;
  readonly #bytesMax: number;
  readonly #batches: Batch[] = [];
  #number = Date.now() * 1_000;
  #wake: (() => void) | undefined;

  constructor(dir: string, bytesMax: number) {
    this.#dir = dir;
    this.#bytesMax = bytesMax;
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(dir).toSorted()) {
      const [, number, signal, items] = NAME.exec(name) ?? [];
      if (number === undefined) continue;
      const file = path.join(dir, name);
      this.#push({ file, signal: signal!, items: Number(items), bytes: statSync(file).size });
      this.#number = Math.max(this.#number, Number(number));
    }
  }

  /** Whether there was room for it; rejects when the disk fails. */
  async add(signal: string, items: number, payload: Uint8Array): Promise<boolean> {
    if (this.bytes + payload.length > this.#bytesMax) return false;
    const name = `${String(++this.#number).padStart(18, '0')}.${signal}.${items}.batch`;
    const file = path.join(this.#dir, name);
    // Taken before it is written, so that many at once keep the bound too.
    this.bytes += payload.length;
    try {
      await writeFile(`${file}.tmp`, payload, { mode: 0o600 });
      await rename(`${file}.tmp`, file);
    } finally {
      this.bytes -= payload.length;
    }
    this.#push({ file, signal, items, bytes: payload.length });
    this.#wake?.();
    return true;
  }

  /** The oldest batch; waits for one until the signal ends the waiting. */
  async next(signal: AbortSignal): Promise<Batch | undefined> {
    while (this.#batches.length === 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      this.#wake = undefined;
    }
    return signal.aborted ? undefined : this.#batches[0];
  }

  read({ file }: Batch): Promise<Buffer> {
    return readFile(file);
  }

  async remove(batch: Batch): Promise<void> {
    this.#batches.splice(this.#batches.indexOf(batch), 1);
    this.bytes -= batch.bytes;
    await rm(batch.file, { force: true });
  }

  #push(batch: Batch): void {
    this.#batches.push(batch);
    this.bytes += batch.bytes;
  }
}
