import { setTimeout as sleep } from 'node:timers/promises';
import { writeTransition, type TransitionRow } from '#server/decode/circuit-transition.ts';
import { RowSink } from '#server/decode/row-sink.ts';
import type { LiveHint } from '#server/live/channel.ts';
import type { Log } from '#server/log.ts';
import type { Wal } from '#server/wal/open-wal.ts';
import { runCircuitSeries, type CircuitSeriesOptions } from './circuit-series.ts';
import { createCircuitReader, type CircuitReader } from './circuit-readers/readers.ts';
import { everyInterval } from './every-interval.ts';
import { fetchText } from './fetch-text.ts';
import { circuitKey, reconcile, type KnownCircuit } from './reconcile.ts';
import { authorizationOf } from './scrape-target.ts';
import type { Target } from './discovery/to-target.ts';

/** The readers take JSON and the text of Prometheus; frameworks have types of their own for either. */
const ACCEPT = 'application/json, text/plain;version=0.0.4;q=0.9, */*;q=0.1';
const ANSWER_BYTES_MAX = 4 * 1024 ** 2;
/** Of one target; each that is new is a row, and remembered. */
const BREAKERS_MAX = 10_000;
const LOAD_RETRY_MS = 1_000;
const SERIES_MS_MAX = 1_000;

export interface CircuitsOptions {
  wal: Wal;
  log: Log;
  intervalMs: number;
  /** The states that the store has; asked until it answers, and nothing is reconciled before. */
  loadKnown: () => Promise<Map<string, KnownCircuit>>;
  readStates: CircuitSeriesOptions['readStates'];
  insert: CircuitSeriesOptions['insert'];
  sendHint: (hint: LiveHint) => void;
  onPolled?: (job: string, outcome: 'ok' | 'failed') => void;
}

export interface Circuits {
  setTargets: (targets: readonly Target[]) => void;
  /** Transitions that were pushed; `stored` settles when they can be read. */
  learn: (transitions: readonly TransitionRow[], stored: Promise<boolean>) => void;
  stop: () => Promise<void>;
}

/** Knows the state of every breaker, from what is pushed and by asking their owners for what was missed. */
export function runCircuits(options: CircuitsOptions): Circuits {
  const { wal, log, intervalMs, loadKnown, sendHint, onPolled } = options;
  const series = runCircuitSeries(options);
  const known = new Map<string, KnownCircuit>();
  const loops = new Map<string, { stop: () => Promise<void> }>();
  let isLoaded = false;
  let loadTimer: NodeJS.Timeout | undefined;

  const learn: Circuits['learn'] = (transitions, stored) => {
    for (const transition of transitions) {
      const last = known.get(circuitKey(transition));
      if (last && last.atMs > transition.timestampMs) continue;
      known.set(circuitKey(transition), { state: transition.state, atMs: transition.timestampMs });
    }
    // Rules ask for the series, pages for the transition: whoever is woken finds both. Where samples pile up pages do not wait for them, and rules are woken again.
    const told = series.tell(transitions);
    const hint = () => transitions.forEach((transition) => sendHint(toHint(transition)));
    const patience = sleep(SERIES_MS_MAX, 'late' as const, { ref: false });
    void Promise.all([stored, Promise.race([told, patience])]).then(async ([isStored, first]) => {
      if (isStored) hint();
      if (isStored && first === 'late' && (await told)) hint();
    });
  };

  const load = async () => {
    try {
      for (const [key, circuit] of await loadKnown()) {
        const pushed = known.get(key);
        if (!pushed || pushed.atMs < circuit.atMs) known.set(key, circuit);
      }
      isLoaded = true;
    } catch (error) {
      log.debug({ err: error }, 'the known states of breakers are not loaded yet');
      loadTimer = setTimeout(() => void load(), LOAD_RETRY_MS).unref();
    }
  };
  void load();

  const poll = async (target: CircuitTarget, read: CircuitReader) => {
    if (!isLoaded) return;
    const { text } = await fetchText(`${target.origin}${target.circuits.path}`, {
      timeoutMs: Math.min(target.timeoutMs, intervalMs),
      bytesMax: ANSWER_BYTES_MAX,
      redirect: target.followRedirects ? 'follow' : 'manual',
      headers: {
        accept: ACCEPT,
        'user-agent': 'switchyard-collector',
        ...(target.auth && { authorization: await authorizationOf(target.auth) }),
      },
    });
    const polled = read(text, target);
    if (polled.length > BREAKERS_MAX)
      throw new Error(`it tells of ${polled.length} breakers, and one target may have ${BREAKERS_MAX}`);
    const missed = reconcile(known, polled, Date.now());
    if (missed.length === 0) return;
    const rows = new RowSink();
    for (const transition of missed) writeTransition(rows, transition);
    const { stored } = await wal.append('circuit_transitions', rows.chunks(), { urgent: true });
    learn(missed, stored);
    log.info(
      { job: target.job, circuits: missed.map(({ name, state }) => `${name} ${state}`) },
      'polling found states of breakers',
    );
  };

  const start = (target: CircuitTarget) => {
    const read = createCircuitReader(target.circuits.reader);
    let wasUp = true;
    const onError = (error: unknown) => {
      onPolled?.(target.job, 'failed');
      const reason = error instanceof Error ? error.message : String(error);
      if (wasUp) log.warn({ job: target.job }, `${target.origin}${target.circuits.path}: ${reason}`);
      wasUp = false;
    };
    return everyInterval({ ms: intervalMs, key: target.key, onError }, async () => {
      await poll(target, read);
      onPolled?.(target.job, 'ok');
      wasUp = true;
    });
  };

  return {
    learn,
    setTargets: (targets) => {
      const wanted = new Map(targets.filter(isAsked).map((target) => [target.key, target]));
      for (const [key, loop] of loops) {
        if (wanted.has(key)) continue;
        loops.delete(key);
        void loop.stop();
      }
      for (const [key, target] of wanted) if (!loops.has(key)) loops.set(key, start(target));
    },
    stop: async () => {
      clearTimeout(loadTimer);
      await Promise.all([series.stop(), ...[...loops.values()].map((loop) => loop.stop())]);
    },
  };
}

type CircuitTarget = Target & { circuits: NonNullable<Target['circuits']> };

function isAsked(target: Target): target is CircuitTarget {
  return target.circuits !== null;
}

function toHint({ name, service, instance, state, previousState, timestampMs }: TransitionRow): LiveHint {
  return { kind: 'circuit', name, reporter: service, instance, state, previousState, tMs: timestampMs };
}
