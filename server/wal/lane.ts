import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '#server/log.ts';
import type { TableName } from '#server/store/tables.ts';
import { judgeFailure } from './judge-failure.ts';
import { decodeSegment } from './segment-format.ts';

/** A segment that is never written again. */
export interface Sealed {
  path: string;
  bytes: number;
  /** Told the end of it: in the store, or refused for good. Leftovers of an earlier process have nobody to tell. */
  settle?: (stored: boolean) => void;
}

export type Insert = (table: TableName, payload: Uint8Array, token: string) => Promise<void>;

export interface LaneOptions {
  table: TableName;
  log: Log;
  insert: Insert;
  rejectedDir: string;
  /** Called when nothing is left to send. */
  onFree: () => void;
  onInserted?: (table: TableName, rows: number, seconds: number) => void;
  onFailed?: (table: TableName, verdict: string) => void;
}

const BACKOFF_MS_FIRST = 50;
const BACKOFF_MS_MAX = 2_000;

interface Pending extends Sealed {
  attempts: number;
  dueAtMs: number;
}

/** Sends the sealed segments of one table to the store, oldest first, and deletes each when the store has it. */
export class Lane {
  bytes = 0;
  readonly #options: LaneOptions;
  #pending: Pending[] = [];
  #running: Promise<void> | undefined;
  #awayAttempts = 0;
  #sleep: { wake: () => void } | undefined;
  #stopped = false;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  get isFree(): boolean {
    return this.#pending.length === 0;
  }

  get segments(): number {
    return this.#pending.length;
  }

  add(segment: Sealed): void {
    this.#pending.push({ ...segment, attempts: 0, dueAtMs: 0 });
    this.bytes += segment.bytes;
    this.#start();
  }

  /** Returns when all is sent, or at the deadline; what is left stays on the disk for the next start. */
  async stop(deadline: Promise<void>): Promise<void> {
    void deadline.then(() => {
      this.#stopped = true;
      this.#sleep?.wake();
    });
    await Promise.race([this.#running, deadline]);
  }

  #start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#pending.length > 0 && !this.#stopped) this.#start();
    });
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      if (this.#pending.length === 0) {
        this.#options.onFree();
        if (this.#pending.length === 0) return;
      }
      const now = performance.now();
      const next = this.#pending.find(({ dueAtMs }) => dueAtMs <= now);
      if (next) await this.#send(next);
      else await this.#wait(Math.min(...this.#pending.map(({ dueAtMs }) => dueAtMs)) - now);
    }
  }

  async #send(segment: Pending): Promise<void> {
    const { table, log, insert, onInserted, onFailed } = this.#options;
    const token = path.basename(segment.path, '.seg');
    try {
      const content = decodeSegment(await readFile(segment.path));
      if (typeof content === 'string') return await this.#reject(segment, content);
      if (content.damagedFrames > 0) {
        log.error(
          { segment: token, frames: content.damagedFrames },
          'a segment has damaged frames: the disk lost them',
        );
      }
      const started = performance.now();
      if (content.rows > 0) await insert(table, content.payload, token);
      onInserted?.(table, content.rows, (performance.now() - started) / 1000);
      this.#awayAttempts = 0;
      await rm(segment.path, { force: true });
      this.#settle(segment, true);
    } catch (error) {
      const verdict = judgeFailure(error);
      onFailed?.(table, verdict);
      if (verdict === 'refused')
        return await this.#reject(segment, error instanceof Error ? error.message : String(error));
      this.#postpone(segment, verdict, error);
    }
  }

  /** A store that is away holds up the whole lane; a segment that it does not take holds up itself alone. */
  #postpone(segment: Pending, verdict: 'away' | 'later', error: unknown): void {
    const { log, table } = this.#options;
    const attempts = verdict === 'away' ? ++this.#awayAttempts : ++segment.attempts;
    const delayMs = Math.min(BACKOFF_MS_MAX, BACKOFF_MS_FIRST * 2 ** Math.min(attempts - 1, 10));
    const dueAtMs = performance.now() + delayMs * (0.75 + Math.random() / 2);
    for (const pending of verdict === 'away' ? this.#pending : [segment]) {
      pending.dueAtMs = Math.max(pending.dueAtMs, dueAtMs);
    }
    const fields = {
      table,
      attempts,
      pending: this.#pending.length,
      reason: error instanceof Error ? error.message : error,
    };
    if (attempts === 1) log.warn(fields, 'the store did not take a segment; it stays on the disk and is sent again');
    else log.debug(fields, 'the store still does not take a segment');
  }

  async #reject(segment: Pending, reason: string): Promise<void> {
    const { log, table, rejectedDir, onFailed } = this.#options;
    const kept = path.join(rejectedDir, path.basename(segment.path));
    try {
      await rename(segment.path, kept);
      log.error({ table, segment: kept, reason }, 'a segment can never be stored; it is kept aside');
      onFailed?.(table, 'kept_aside');
    } catch (error) {
      return this.#postpone(segment, 'later', error);
    }
    this.#settle(segment, false);
  }

  #settle(segment: Pending, stored: boolean): void {
    this.#pending.splice(this.#pending.indexOf(segment), 1);
    this.bytes -= segment.bytes;
    segment.settle?.(stored);
  }

  async #wait(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(1, ms));
      this.#sleep = {
        wake: () => {
          clearTimeout(timer);
          resolve();
        },
      };
    });
    this.#sleep = undefined;
  }
}
