import type { RowChunk } from '#server/decode/row-sink.ts';
import type { Log } from '#server/log.ts';
import type { TableName } from '#server/store/tables.ts';
import { toRefusal } from './refusal.ts';
import { SegmentFile } from './segment-file.ts';

/** What one insert carries at most, and so what the store must hold in memory for it. */
const SEGMENT_BYTES_MAX = 16 * 1024 ** 2;
const SEGMENT_ROWS_MAX = 250_000;
/** Rows wait this long for company. A transition wakes people, so it waits less; one that just happened does not wait. */
const AGE_MS_MAX: Record<TableName, number> = {
  circuit_transitions: 200,
  spans: 500,
  logs: 500,
  series: 500,
  samples: 500,
  histograms: 500,
  exemplars: 500,
};

export interface Appended {
  /** Settles when the rows are in the store (true), or were refused by it for good (false). */
  stored: Promise<boolean>;
}

interface Waiting {
  chunk: RowChunk;
  urgent: boolean;
  done: PromiseWithResolvers<SegmentFile>;
}

export interface TableLogOptions {
  dir: string;
  table: TableName;
  log: Log;
  /** Whether a sealed segment would be inserted at once; while it would not, rows gather in larger segments. */
  isStoreFree: () => boolean;
  onSealed: (segment: SegmentFile) => void;
  onSynced?: (table: TableName, seconds: number, bytes: number) => void;
}

/**
 * The open segment of one table. Whatever arrives while one fdatasync runs shares the next one, so nobody waits for a
 * window to pass, and a busy collector syncs no more often than the disk can.
 */
export class TableLog {
  /** Not on the disk yet. */
  waitingBytes = 0;
  readonly #options: TableLogOptions;
  #waiting: Waiting[] = [];
  #segment: SegmentFile | undefined;
  #mustSeal = false;
  #ageTimer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #failing = false;

  constructor(options: TableLogOptions) {
    this.#options = options;
  }

  get openBytes(): number {
    return this.#segment?.bytes ?? 0;
  }

  /** Resolves when the rows are on the disk; rejects with a WalRefusal when they are not. */
  async append(chunks: readonly RowChunk[], urgent: boolean): Promise<Appended> {
    const waiting = chunks.map((chunk) => ({ chunk, urgent, done: Promise.withResolvers<SegmentFile>() }));
    for (const entry of waiting) this.waitingBytes += entry.chunk.bytes.length;
    this.#waiting.push(...waiting);
    this.#work();
    const segments = await Promise.all(waiting.map(({ done }) => done.promise));
    const stored = Promise.all([...new Set(segments)].map((segment) => segment.stored.promise));
    return { stored: stored.then((results) => results.every(Boolean)) };
  }

  /** Seals the open segment if it is old enough and the store is free for it. */
  sealIfDue(): void {
    const segment = this.#segment;
    if (!segment || !this.#options.isStoreFree()) return;
    if (performance.now() - segment.openedAtMs >= AGE_MS_MAX[this.#options.table] - TIMER_SLACK_MS) void this.seal();
  }

  /** Seals whatever there is, and returns when it is done. */
  async seal(): Promise<void> {
    this.#mustSeal = true;
    while (this.#mustSeal) {
      this.#work();
      await this.#working;
    }
  }

  #work(): void {
    this.#working ??= this.#run().finally(() => {
      this.#working = undefined;
      if (this.#waiting.length > 0) this.#work();
    });
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.#commit(this.#nextBatch());
    if (this.#mustSeal) await this.#sealNow();
  }

  /** As much as the open segment may still take, at least one frame. */
  #nextBatch(): Waiting[] {
    let bytes = this.openBytes;
    let count = 0;
    while (count < this.#waiting.length && (count === 0 || bytes < SEGMENT_BYTES_MAX)) {
      bytes += this.#waiting[count++]!.chunk.bytes.length;
    }
    return this.#waiting.splice(0, count);
  }

  async #commit(batch: Waiting[]): Promise<void> {
    const { dir, table, onSynced } = this.#options;
    const bytes = batch.reduce((sum, { chunk }) => sum + chunk.bytes.length, 0);
    const started = performance.now();
    try {
      this.#segment ??= await this.#open(dir, table);
      await this.#segment.append(batch.map(({ chunk }) => chunk));
    } catch (cause) {
      await this.#fail(batch, cause);
      return;
    } finally {
      this.waitingBytes -= bytes;
    }
    this.#recovered();
    onSynced?.(table, (performance.now() - started) / 1000, bytes);
    for (const { done } of batch) done.resolve(this.#segment);
    const isFull = this.#segment.bytes >= SEGMENT_BYTES_MAX || this.#segment.rows >= SEGMENT_ROWS_MAX;
    if (isFull || this.#mustSeal || batch.some(({ urgent }) => urgent)) await this.#sealNow();
  }

  async #open(dir: string, table: TableName): Promise<SegmentFile> {
    const segment = await SegmentFile.create(dir, table);
    this.#ageTimer = setTimeout(() => this.sealIfDue(), AGE_MS_MAX[table]).unref();
    return segment;
  }

  /** Sealed is what is never written again; only then may it be inserted, since its token stands for these very rows. */
  async #sealNow(): Promise<void> {
    this.#mustSeal = false;
    const segment = this.#segment;
    if (!segment) return;
    this.#segment = undefined;
    clearTimeout(this.#ageTimer);
    await segment.close().catch((error: unknown) => this.#options.log.warn({ err: error }, 'closing a segment failed'));
    this.#options.onSealed(segment);
  }

  async #fail(batch: Waiting[], cause: unknown): Promise<void> {
    const refusal = toRefusal(cause);
    for (const { done } of batch) done.reject(refusal);
    if (!this.#failing) this.#options.log.error({ table: this.#options.table, err: cause }, refusal.message);
    this.#failing = true;
    // Whether the file ends where it should is unknown after some errors; what it holds whole goes to the store.
    await this.#sealNow();
  }

  #recovered(): void {
    if (this.#failing) this.#options.log.info({ table: this.#options.table }, 'the collector can write again');
    this.#failing = false;
  }
}

/** Timers may fire a little early by the monotonic clock. */
const TIMER_SLACK_MS = 5;
