import type { CircuitState } from '#server/circuits/schema.ts';
import type { PolledCircuit } from '../reconcile.ts';
import { polledCircuit } from './polled-circuit.ts';
import { readSamples } from './read-samples.ts';
import type { CircuitOwner, CircuitReader } from './readers.ts';

/** `circuit` with the prefix that opossum-prometheus was given, as prom-client writes it in both formats; or that of its fork. */
const COUNTER = /^\w*?(?:circuit|circuit_breaker_counter)(?:_total)?$/;
const COUNTED = ['open', 'halfOpen', 'close', 'fire', 'success', 'reject'] as const;

type Counts = Record<(typeof COUNTED)[number], number>;
type Known = Counts & { state: CircuitState };

/**
 * Reads the event counters of opossum-prometheus, which has no gauge of the state: it follows from which of open, halfOpen and
 * close grew since the last reading, and at the first from their sums. Of halfOpen it counts only what the program itself listens
 * to, which few do: without it a breaker that has closed since is closed, until refused calls say that it opened again.
 */
export function createOpossumReader(): CircuitReader {
  const known = new Map<string, Known>();
  return (text, owner) => {
    const counters = readSamples(text, COUNTER).filter(({ labels }) => labels.has('name') && labels.has('event'));
    if (counters.length === 0)
      throw new Error('it has no counter "circuit" with the labels name and event: is opossum-prometheus there?');
    const now = new Map<string, Map<string, number>>();
    for (const { labels, value } of counters) {
      const name = labels.get('name')!;
      const events = now.get(name) ?? new Map<string, number>();
      events.set(labels.get('event')!, value);
      now.set(name, events);
    }
    for (const name of known.keys()) if (!now.has(name)) known.delete(name);
    return [...now].map(([name, events]) => readBreaker(name, events, { known, owner }));
  };
}

function readBreaker(
  name: string,
  events: ReadonlyMap<string, number>,
  { known, owner }: { known: Map<string, Known>; owner: CircuitOwner },
): PolledCircuit {
  const counts = Object.fromEntries(COUNTED.map((event) => [event, events.get(event) ?? 0])) as Counts;
  const last = known.get(name);
  // Counters that fell belong to a process that was started anew.
  const isSame = last !== undefined && COUNTED.every((event) => counts[event] >= last[event]);
  const tellsTrials = events.has('halfOpen');
  const state = isSame ? follow(last, counts, tellsTrials) : guess(counts, tellsTrials);
  known.set(name, { ...counts, state });
  // Calls that timed out are among the failures.
  const failed = events.get('failure') ?? 0;
  return polledCircuit(owner, {
    name,
    state,
    reason: `by opossum's counters: ${failed} of ${counts.fire} calls failed since the process began, it opened ${counts.open} times`,
    failures: 0,
    calls: counts.fire,
  });
}

/**
 * Where the moves since the last reading led: it is open when it was opened once more than tried. Otherwise each try has ended, the
 * last one in closing if any did; of several moves within one reading that may be a moment too early, and the next one corrects it.
 */
function follow(last: Known, now: Counts, tellsTrials: boolean): CircuitState {
  const grown = (event: (typeof COUNTED)[number]) => now[event] - last[event];
  const [opened, tried, closed] = [grown('open'), grown('halfOpen'), grown('close')];
  if (opened + tried + closed === 0) return settle(last.state, grown);
  if (!tellsTrials) return closed > 0 ? 'closed' : 'open';
  // By hand, past half-open.
  if (opened + tried === 0) return 'closed';
  if (opened - tried + Number(last.state === 'open') >= 1) return 'open';
  return closed > 0 ? 'closed' : 'half_open';
}

/** It did not move, so that its calls tell whether it was where it was thought to be: a closed one refuses none, an open one all. */
function settle(state: CircuitState, grown: (event: 'fire' | 'success' | 'reject') => number): CircuitState {
  if (state === 'closed' && grown('reject') > 0) return 'open';
  const isServed = grown('fire') > 0 && grown('success') > 0 && grown('reject') === 0;
  return state === 'open' && isServed ? 'closed' : state;
}

/** An open breaker has opened once more than it was tried; one that is as often tried is half-open or, once it closed, most likely closed. */
function guess({ open, halfOpen, close }: Counts, tellsTrials: boolean): CircuitState {
  if (tellsTrials ? open > halfOpen : open > 0 && close === 0) return 'open';
  return open > 0 && close === 0 ? 'half_open' : 'closed';
}
