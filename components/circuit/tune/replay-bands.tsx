'use client';

import { clsx } from 'clsx';
import type { CircuitReplay, ReplayedCircuit } from '#server/circuits/replay/schema.ts';
import type { Circuit, CircuitTransition } from '#server/circuits/schema.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { BandAxis } from '../band-axis.tsx';
import { Band } from '../state-band.tsx';
import { stateBands, type StateBand } from '../state-bands.ts';

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
  const rows: { label: string; bands: StateBand[] }[] = [
    { label: 'Really', bands: stateBands(circuit, transitions, range) },
    { label: 'In force, replayed', bands: replayedBands(circuit, replay.inForce, range) },
  ];
  if (hasCandidate)
    rows.push({
      label: 'These settings',
      bands: replayedBands(circuit, replay.candidate, range),
    });
  return (
    <div className="px-4 pb-2 pt-3">
      <dl>
        {rows.map(({ label, bands }) => (
          <div key={label} className={clsx(COLUMNS, 'h-row items-center')}>
            <dt className="truncate text-xs text-ink-muted">{label}</dt>
            <dd className="flex">
              <Band bands={bands} range={range} />
            </dd>
          </div>
        ))}
      </dl>
      <BandAxis range={range} className={clsx(COLUMNS, 'pt-1')} />
    </div>
  );
}

const COLUMNS =
  'grid grid-cols-[minmax(120px,160px)_minmax(0,1fr)] gap-4 max-md:grid-cols-[112px_minmax(0,1fr)] max-md:gap-2';

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
