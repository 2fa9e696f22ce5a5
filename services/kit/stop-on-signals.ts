import type { Log } from './log.ts';

const STOP_MAX_MS = 4_800;

/** Ends the process by `stop` on SIGTERM, SIGINT, or when the parent that holds its channel is gone; by force if that hangs. */
export function stopOnSignals(log: Log, stop: () => Promise<void>): void {
  const end = () => {
    setTimeout(() => process.exit(1), STOP_MAX_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, end);
  if (process.channel) {
    process.channel.unref();
    process.once('disconnect', end);
  }
}
