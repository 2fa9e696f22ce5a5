import type { Log } from '#server/log.ts';
import { flushGroups, type PipelineContext } from './flush-groups.ts';

/** Finds what a lost wake-up left behind: another console's silence, an alert that was pushed. */
const LOOK_EVERY_MS = 2_000;

export interface PipelineOptions extends PipelineContext {
  log: Log;
  /** There is something in the outbox. */
  onQueued: () => void;
}

export interface Pipeline {
  /** An alert or a silence changed. */
  wake: () => void;
  stop: () => Promise<void>;
}

/** Keeps groups told: when something changes, and when a wait, an interval or a silence ends. */
export function runPipeline(options: PipelineOptions): Pipeline {
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> | null = null;
  let wokenAgain = false;
  let stopped = false;

  const look = async () => {
    try {
      const { queued, dueMs } = await flushGroups(options);
      if (queued > 0) options.onQueued();
      return dueMs === null ? LOOK_EVERY_MS : Math.max(dueMs - options.now().getTime(), 0);
    } catch (error) {
      options.log.warn({ err: error }, 'what is to be told could not be decided');
      return LOOK_EVERY_MS;
    }
  };
  const run = () => {
    if (stopped) return;
    if (current) {
      wokenAgain = true;
      return;
    }
    clearTimeout(timer);
    current = look().then((waitMs) => {
      current = null;
      if (wokenAgain) {
        wokenAgain = false;
        run();
      } else if (!stopped) timer = setTimeout(run, Math.min(waitMs + 1, LOOK_EVERY_MS));
    });
  };
  run();
  return {
    wake: run,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
