'use client';

import type { CircuitReplay, ReplayedCircuit } from '#server/circuits/replay/schema.ts';
import type { Circuit, CircuitTransition } from '#server/circuits/schema.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { stateBands, type StateBand } from '../state-bands.ts';
import { BandRows, type BandRow } from './band-rows.tsx';

interface ReplayBandsProps {
  circuit: Pick<Circuit, 'reporter' | 'name' | 'instances'>;
  replay: CircuitReplay;
  /** What was really reported in the stretch of the replay. */
  transitions: readonly CircuitTransition[];
  /** Whether other settings than those in force are tried. */
  hasCandidate: boolean;
}

/** States over the time as they were, and as they would have been, one under the other. */
export function ReplayBands({ circuit, replay, transitions, hasCandidate }: ReplayBandsProps) {
  const { range } = replay;
  const rows: BandRow[] = [
    { label: 'Really', bands: stateBands(circuit, transitions, range) },
    { label: 'In force, replayed', bands: replayedBands(circuit, replay.inForce, range) },
  ];
  if (hasCandidate)
    rows.push({
      label: 'These settings',
      bands: replayedBands(circuit, replay.candidate, range),
    });
  return <BandRows rows={rows} range={range} />;
}

function replayedBands(
  { reporter, name }: Pick<Circuit, 'reporter' | 'name'>,
  { transitions }: ReplayedCircuit,
  range: TimeRange,
): StateBand[] {
  // A replay begins closed; without a transition it stays so.
  const instances = [{ instance: '', state: 'closed' as const, sinceMs: range.fromMs }];
  const moves = transitions.map((move) => ({ ...move, reporter, name }));
  return stateBands({ reporter, name, instances }, moves, range);
}
