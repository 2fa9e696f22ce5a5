import type { Log } from './log.ts';

/** Runs `work` again and again with a pause between; a failure is tried again, and logged once until it works. Answers how to end it. */
export function every(intervalMs: number, log: Log, name: string, work: () => Promise<void>): () => Promise<void> {
  let ended = false;
  let timer: NodeJS.Timeout | undefined;
  let isFailing = false;
  let running: Promise<void> = Promise.resolve();
  const schedule = () => {
    timer = setTimeout(() => {
      running = work()
        .then(
          () => (isFailing = false),
          (error: unknown) => {
            if (!isFailing) log.warn({ err: error }, `${name} failed and is tried again`);
            isFailing = true;
          },
        )
        .then(() => {
          if (!ended) schedule();
        });
    }, intervalMs);
  };
  schedule();
  return async () => {
    ended = true;
    clearTimeout(timer);
    await running;
  };
}
