import { setTimeout as sleep } from 'node:timers/promises';
import type { PrismaClient } from '#prisma/generated/client.ts';
import type { Log } from '#server/log.ts';
import type { Store } from '#server/store/client.ts';
import { enforceRetention } from './enforce-retention.ts';

export interface RetentionOptions {
  db: PrismaClient;
  store: Store;
  log: Log;
  now: () => Date;
  everyMs: number;
}

export interface Retaining {
  /** What is set has changed. */
  wake: () => void;
  stop: () => Promise<void>;
}

/** Enforces what is set, again and again until stopped, and at once when woken. While either database is away nothing is deleted. */
export function runRetention({ db, store, log, now, everyMs }: RetentionOptions): Retaining {
  const stopping = new AbortController();
  const { signal } = stopping;
  let woken = Promise.withResolvers<void>();
  const run = async () => {
    while (!signal.aborted) {
      const { promise } = woken;
      await enforceRetention({ db, store, log }, now()).catch((error: unknown) =>
        log.warn({ err: error }, 'what is past its time could not be looked for'),
      );
      const over = new AbortController();
      const pause = sleep(everyMs, undefined, { signal: AbortSignal.any([signal, over.signal]), ref: false });
      await Promise.race([promise, pause.catch(() => {})]);
      over.abort();
    }
  };
  const running = run();
  return {
    wake: () => {
      woken.resolve();
      woken = Promise.withResolvers();
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
