import { randomUUID } from 'node:crypto';
import { CircuitState } from '#server/circuits/schema.ts';
import type { TransitionRow } from '#server/decode/circuit-transition.ts';
import { createSeries, writeSample, writeSeries, writeStaleMarker, type Series } from '#server/decode/metric-rows.ts';
import { RowSink, type RowChunk } from '#server/decode/row-sink.ts';
import type { Log } from '#server/log.ts';
import type { Insert } from '#server/wal/lane.ts';
import type { Wal } from '#server/wal/open-wal.ts';
import { circuitKey } from './reconcile.ts';

export interface CircuitSeriesOptions {
  wal: Pick<Wal, 'append'>;
  log: Log;
  /** Straight into the store. */
  insert: Insert;
  /** The state that each breaker of each living instance had at a time, by the store; throws when it cannot be known. */
  readStates: (atMs: number) => Promise<{ service: string; name: string; instance: string; state: string }[]>;
  now?: () => number;
}

export interface CircuitSeries {
  /** Writes the new states at once; resolves when they can be read, with false when they never will be. */
  tell: (transitions: readonly TransitionRow[]) => Promise<boolean>;
  /** Says again what every breaker's state is, and ends the series of those that are gone. */
  repeat: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Well within the five minutes that a sample counts for. */
const REPEAT_MS = 15_000;
const RETRY_MS = 2_000;
/** What was pushed needs no longer to be in the store: states are repeated as they were this long ago, so that no repetition overtakes a transition. */
const SETTLED_MS = 2_000;
/** As the scraper announces its series. */
const ANNOUNCE_MS = 5 * 60_000;
/** In the words of the scraped state set of the same name. */
const FAMILY = {
  type: 'gauge',
  unit: '',
  help: 'State set: 1 for the state that the breaker is in, 0 for the others.',
};

interface Tracked {
  series: { state: CircuitState; series: Series }[];
  announcedMs: number;
  writtenMs: number;
  /** When its latest transition happened. */
  changedMs: number;
}

/**
 * The states of all breakers as `circuit_breaker_state{service,name,instance,state}`: a sample at the moment of each transition,
 * and again every 15 s. What processes expose under the same name is as old as their last scrape, and has their `job`.
 */
export function runCircuitSeries({
  wal,
  log,
  insert,
  readStates,
  now = Date.now,
}: CircuitSeriesOptions): CircuitSeries {
  const tracked = new Map<string, Tracked>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let repeating: Promise<void> = Promise.resolve();

  const track = (circuit: Pick<TransitionRow, 'service' | 'name' | 'instance'>): Tracked => {
    const key = circuitKey(circuit);
    const known = tracked.get(key) ?? createTracked(circuit);
    tracked.set(key, known);
    return known;
  };
  const append = async (series: RowChunk[], samples: RowChunk[], urgent: boolean): Promise<boolean> => {
    try {
      const kept = await Promise.all([
        wal.append('series', series, { urgent }),
        wal.append('samples', samples, { urgent }),
      ]);
      const stored = await Promise.all(kept.map((one) => one.stored));
      return stored.every(Boolean);
    } catch (error) {
      for (const known of tracked.values()) known.announcedMs = -Infinity;
      log.debug({ err: error }, 'the states of breakers could not be kept as series');
      return false;
    }
  };
  /** Not behind all that was scraped: the transitions themselves are kept, and their states repeated, so nothing is lost with it. */
  const insertNow = async (series: RowChunk[], samples: RowChunk[]): Promise<boolean> => {
    try {
      await Promise.all([
        ...series.map(({ bytes }) => insert('series', bytes, `circuits-${randomUUID()}`)),
        ...samples.map(({ bytes }) => insert('samples', bytes, `circuits-${randomUUID()}`)),
      ]);
      return true;
    } catch (error) {
      log.debug({ err: error }, 'the store does not take the states of breakers; they wait with what is scraped');
      return append(series, samples, true);
    }
  };
  const repeat = async () => {
    const asOfMs = now() - SETTLED_MS;
    const states = await readStates(asOfMs);
    const [series, samples] = [new RowSink(), new RowSink()];
    const living = new Set(states.map(circuitKey));
    for (const { state, ...circuit } of states) {
      const known = track(circuit);
      if (known.writtenMs < asOfMs) write(known, state, asOfMs, series, samples);
    }
    for (const [key, known] of tracked) {
      if (living.has(key) || known.writtenMs >= asOfMs) continue;
      for (const one of known.series) writeStaleMarker(samples, one.series, asOfMs);
      tracked.delete(key);
    }
    await append(series.chunks(), samples.chunks(), false);
  };
  const loop = () => {
    repeating = repeat()
      .then(
        () => REPEAT_MS,
        (error: unknown) => {
          log.debug({ err: error }, 'the states of breakers could not be repeated');
          return RETRY_MS;
        },
      )
      .then((ms) => {
        if (!stopped) timer = setTimeout(loop, ms).unref();
      });
  };
  loop();
  return {
    tell: (transitions) => {
      const [series, samples] = [new RowSink(), new RowSink()];
      for (const transition of transitions) {
        const known = track(transition);
        // One that was overtaken on its way says nothing about now.
        if (transition.timestampMs < known.changedMs) continue;
        known.changedMs = transition.timestampMs;
        // A sender's clock may be ahead: what is in the future would be seen late. Nor may what was repeated meanwhile hide it.
        const atMs = Math.max(Math.min(transition.timestampMs, now()), known.writtenMs + 1);
        write(known, transition.state, atMs, series, samples);
      }
      return insertNow(series.chunks(), samples.chunks());
    },
    repeat,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await repeating;
    },
  };
}

function createTracked({ service, name, instance }: Pick<TransitionRow, 'service' | 'name' | 'instance'>): Tracked {
  const series = CircuitState.options.map((state) => {
    const labels = Object.entries({ service, name, instance, state });
    return { state, series: createSeries('circuit_breaker_state', labels) };
  });
  return { series, announcedMs: -Infinity, writtenMs: -Infinity, changedMs: -Infinity };
}

function write(known: Tracked, state: string, atMs: number, series: RowSink, samples: RowSink): void {
  const isDue = atMs - known.announcedMs >= ANNOUNCE_MS;
  for (const one of known.series) {
    if (isDue) writeSeries(series, one.series, FAMILY, atMs);
    writeSample(samples, one.series, atMs, Number(one.state === state));
  }
  if (isDue) known.announcedMs = atMs;
  known.writtenMs = atMs;
}
