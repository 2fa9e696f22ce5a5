import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '#server/db.ts';
import type { Log } from '#server/log.ts';
import type { Store } from '#server/store/client.ts';
import { enforceRetention } from './enforce-retention.ts';

export interface RetentionOptions {
  db: Db;
  store: Store;
  log: Log;
  now: () => Date;
  everyMs: number;
}

/** Enforces what is set, again and again until stopped. While either database is away nothing is deleted. */
export function runRetention({ db, store, log, now, everyMs }: RetentionOptions): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async () => {
    while (!signal.aborted) {
      await enforceRetention({ db, store, log }, now()).catch((error: unknown) =>
        log.warn({ err: error }, 'what is past its time could not be looked for'),
      );
      await sleep(everyMs, undefined, { signal, ref: false }).catch(() => {});
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
