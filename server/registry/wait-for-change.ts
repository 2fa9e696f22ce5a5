import type { PrismaClient } from '#prisma/generated/client.ts';
import { readIndex } from './change-registry.ts';

/** Changes that another console made are found by asking; ours wake us. */
const ASK_EVERY_MS = 1_000;

export interface RegistryWaiters {
  /** Resolves when there is a change after `index`, after `waitMs`, or when `gone` fires. */
  waitAfter: (index: number, waitMs: number, gone: AbortSignal) => Promise<void>;
  /** A change was made here. */
  wake: () => void;
  /** Lets all go. */
  stop: () => void;
}

/** Those who wait for the registry to change, asked for together. */
export function createRegistryWaiters(db: PrismaClient): RegistryWaiters {
  const waiters = new Set<{ index: number; leave: () => void }>();
  let timer: NodeJS.Timeout | undefined;
  let isAsking = false;
  let askAgain = false;
  let stopped = false;

  const ask = async (): Promise<void> => {
    clearTimeout(timer);
    // What changes while we ask may be missing from the answer.
    askAgain = isAsking;
    if (waiters.size === 0 || isAsking || stopped) return;
    isAsking = true;
    try {
      const index = await readIndex(db);
      // Lower: the database is another one, and what is known from the old is worth nothing.
      for (const waiter of waiters) if (index !== waiter.index) waiter.leave();
    } catch {
      // Away for a moment; nobody is told of a change that nobody can read.
    }
    isAsking = false;
    if (askAgain) return ask();
    timer = setTimeout(() => void ask(), ASK_EVERY_MS).unref();
  };

  return {
    waitAfter: (index, waitMs, gone) =>
      new Promise((resolve) => {
        if (stopped || gone.aborted) return resolve();
        const leave = () => {
          clearTimeout(patience);
          gone.removeEventListener('abort', leave);
          waiters.delete(waiter);
          resolve();
        };
        const patience = setTimeout(leave, waitMs).unref();
        gone.addEventListener('abort', leave, { once: true });
        const waiter = { index, leave };
        waiters.add(waiter);
        void ask();
      }),
    wake: () => void ask(),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      for (const { leave } of waiters) leave();
    },
  };
}
