import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './log.ts';
import type { Store } from './store/client.ts';
import { applySchema } from './store/migrate.ts';

const RETRY_MS = 1_000;

/** Sees to it that the store has its tables, however late it comes: a console without a collector must answer "nothing", not fail. */
export function prepareStore(store: Store, log: Log): { stop: () => void } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const prepare = async () => {
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        return await applySchema(store);
      } catch (error) {
        if (attempt === 1) log.warn({ err: error }, 'the store is not prepared yet');
        await sleep(RETRY_MS, undefined, { signal, ref: false }).catch(() => {});
      }
    }
  };
  void prepare();
  return { stop: () => stopping.abort() };
}
