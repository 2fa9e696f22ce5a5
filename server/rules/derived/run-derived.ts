import type { Log } from '#server/log.ts';
import type { Clock } from '../clock.ts';
import type { RuleEvent } from '../event-metrics.ts';
import { SeriesSet } from '../series/series-set.ts';
import type { OwnSample, SeriesWriter } from '../series/series-writer.ts';
import { DERIVED, readDerived, type DerivedName, type DerivedSources } from './read-derived.ts';

export interface DerivedOptions {
  sources: () => DerivedSources;
  writer: SeriesWriter;
  clock: Clock;
  intervalMs: number;
  log: Log;
}

export interface DerivedRunner {
  /** Resolves when what the event changed is in the store, or could not be read. */
  wake: (event: RuleEvent) => Promise<void>;
  stop: () => Promise<void>;
}

const NAMES = Object.keys(DERIVED) as DerivedName[];

/** Writes what spans, log lines and the control database tell as series, so that rules and people can ask for it in PromQL. */
export function runDerived({ sources, writer, clock, intervalMs, log }: DerivedOptions): DerivedRunner {
  const sets = new Map(NAMES.map((name) => [name, new SeriesSet()]));
  let stopped = false;
  let cancel: (() => void) | undefined;
  // One at a time, so that what was read earlier is not written later.
  let last: Promise<void> = Promise.resolve();
  /** What has not begun yet: checks that end together are read together. */
  let waiting: { names: Set<DerivedName>; done: Promise<void> } | null = null;

  const run = async (names: readonly DerivedName[]) => {
    if (stopped) return;
    const atMs = clock.now().getTime();
    const read = await Promise.all(names.map((name) => readOne(name, atMs)));
    const samples = read.flat();
    try {
      await writer.write(samples);
    } catch (error) {
      for (const [place, name] of names.entries()) sets.get(name)!.lost(read[place]!);
      log.warn({ err: error }, 'derived series could not be written');
    }
  };
  const readOne = async (name: DerivedName, atMs: number): Promise<OwnSample[]> => {
    try {
      const found = await readDerived(name, sources(), atMs);
      const family = { type: 'gauge', unit: '', help: DERIVED[name].help };
      return sets
        .get(name)!
        .next(found, atMs)
        .map((sample) => ({ ...sample, family }));
    } catch (error) {
      log.debug({ series: name, err: error }, 'a derived series could not be read');
      return [];
    }
  };
  const take = (names: readonly DerivedName[]) => {
    if (waiting) {
      for (const name of names) waiting.names.add(name);
      return waiting.done;
    }
    const mine = { names: new Set(names), done: last };
    mine.done = last.then(() => {
      waiting = null;
      return run([...mine.names]);
    });
    waiting = mine;
    last = mine.done;
    return last;
  };
  const tick = () => {
    void take(NAMES).finally(() => {
      if (!stopped) cancel = clock.after(intervalMs, tick);
    });
  };
  tick();
  return {
    wake: (event) => take(NAMES.filter((name) => DERIVED[name].wokenBy === event)),
    stop: async () => {
      stopped = true;
      cancel?.();
      await last;
    },
  };
}
