import type { CircuitState } from '#server/circuits/schema.ts';
import type { PolledCircuit } from '../reconcile.ts';
import { polledCircuit } from './polled-circuit.ts';
import { readSamples } from './read-samples.ts';
import type { CircuitOwner, CircuitReader } from './readers.ts';

/** `circuit` with the prefix that opossum-prometheus was given, as prom-client writes it in both formats; or that of its fork. */
const COUNTER = /^\w*?(?:circuit|circuit_breaker_counter)(?:_total)?$/;
const MOVES = ['open', 'halfOpen', 'close'] as const;

interface Moves {
  open: number;
  halfOpen: number;
  close: number;
  state: CircuitState;
}

/**
 * Reads the event counters of opossum-prometheus, which has no gauge of the state: it follows from which of open, halfOpen and
 * close grew since the last reading, and at the first from their sums.
 */
export function createOpossumReader(): CircuitReader {
  const known = new Map<string, Moves>();
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
  { known, owner }: { known: Map<string, Moves>; owner: CircuitOwner },
): PolledCircuit {
  const [open, halfOpen, close] = MOVES.map((event) => events.get(event) ?? 0) as [number, number, number];
  const last = known.get(name);
  // Counters that fell belong to a process that was started anew.
  const isSame = last !== undefined && open >= last.open && halfOpen >= last.halfOpen && close >= last.close;
  const state = isSame ? follow(last, { open, halfOpen, close }) : guess({ open, halfOpen, close });
  known.set(name, { open, halfOpen, close, state });
  // Calls that timed out are among the failures.
  const failed = events.get('failure') ?? 0;
  const fired = events.get('fire') ?? 0;
  return polledCircuit(owner, {
    name,
    state,
    reason: `by opossum's counters: ${failed} of ${fired} calls failed since the process began, it opened ${open} times`,
    failures: 0,
    calls: fired,
  });
}

type Counts = Pick<Moves, 'open' | 'halfOpen' | 'close'>;

/**
 * Where the moves since the last reading led: it is open when it was opened once more than tried. Otherwise each try has ended, the
 * last one in closing if any did; of several moves within one reading that may be a moment too early, and the next one corrects it.
 */
function follow(last: Moves, { open, halfOpen, close }: Counts): CircuitState {
  const [opened, tried, closed] = [open - last.open, halfOpen - last.halfOpen, close - last.close];
  if (opened + tried + closed === 0) return last.state;
  // By hand, past half-open.
  if (opened + tried === 0) return 'closed';
  if (opened - tried + Number(last.state === 'open') >= 1) return 'open';
  return closed > 0 ? 'closed' : 'half_open';
}

/** An open breaker has opened once more than it was tried; one that is as often tried is half-open or, once it closed, most likely closed. */
function guess({ open, halfOpen, close }: Counts): CircuitState {
  if (open > halfOpen) return 'open';
  return open > 0 && close === 0 ? 'half_open' : 'closed';
}
