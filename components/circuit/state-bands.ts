import type { Circuit, CircuitInstance, CircuitState, CircuitTransition } from '#server/circuits/schema.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { byUrgency } from './circuit-state.ts';

/** A stretch of time in one state; null where nobody told. */
export interface StateBand {
  fromMs: number;
  toMs: number;
  state: CircuitState | null;
}

type Move = Pick<CircuitTransition, 'tMs' | 'name' | 'reporter' | 'instance' | 'state' | 'previousState'>;
type Instance = Pick<CircuitInstance, 'instance' | 'state' | 'sinceMs'>;
type BandedCircuit = Pick<Circuit, 'reporter' | 'name'> & { instances: readonly Instance[] };

/** The states of a breaker over a window, the most urgent of its instances at every moment, from what was reported as it moved. */
export function stateBands(circuit: BandedCircuit, transitions: readonly Move[], range: TimeRange): StateBand[] {
  const own = transitions.filter(
    (transition) => transition.reporter === circuit.reporter && transition.name === circuit.name,
  );
  const current = new Map(circuit.instances.map((instance) => [instance.instance, instance]));
  const instances = new Set([...current.keys(), ...own.map((transition) => transition.instance)]);
  const bands = [...instances].map((instance) =>
    instanceBands(
      own.filter((transition) => transition.instance === instance),
      current.get(instance),
      range,
    ),
  );
  return worstOf(bands, range);
}

function instanceBands(moves: Move[], now: Instance | undefined, range: TimeRange): StateBand[] {
  const inside = moves
    .filter((move) => move.tMs > range.fromMs && move.tMs < range.toMs)
    .toSorted((a, b) => a.tMs - b.tMs);
  const bands: StateBand[] = [];
  let fromMs = range.fromMs;
  let state: CircuitState | null = null;
  const [first] = inside;
  if (first) state = first.previousState;
  else if (now && now.sinceMs <= range.fromMs) state = now.state;
  else if (now && now.sinceMs < range.toMs) {
    // It moved, but the move was not reported: only what came after is known.
    bands.push({ fromMs, toMs: now.sinceMs, state: null });
    fromMs = now.sinceMs;
    state = now.state;
  }
  for (const move of inside) {
    bands.push({ fromMs, toMs: move.tMs, state });
    fromMs = move.tMs;
    state = move.state;
  }
  bands.push({ fromMs, toMs: range.toMs, state });
  return bands;
}

/** Cuts time wherever any instance moved and keeps the most urgent state; silence counts only where all are silent. */
function worstOf(instances: StateBand[][], range: TimeRange): StateBand[] {
  const cuts = [...new Set([range.fromMs, range.toMs, ...instances.flat().map((band) => band.fromMs)])].toSorted(
    (a, b) => a - b,
  );
  const merged: StateBand[] = [];
  cuts.slice(0, -1).forEach((fromMs, index) => {
    const toMs = cuts[index + 1] ?? range.toMs;
    const states = instances
      .map((bands) => bands.find((band) => band.fromMs <= fromMs && band.toMs > fromMs)?.state ?? null)
      .filter((state) => state !== null)
      .map((state) => ({ state }))
      .toSorted(byUrgency);
    const state = states[0]?.state ?? null;
    const last = merged.at(-1);
    if (last && last.state === state) last.toMs = toMs;
    else merged.push({ fromMs, toMs, state });
  });
  return merged;
}
