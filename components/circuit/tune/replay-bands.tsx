'use client';

import { clsx } from 'clsx';
import type { CircuitReplay, ReplayedCircuit } from '#server/circuits/replay/schema.ts';
import type { Circuit, CircuitTransition } from '#server/circuits/schema.ts';
import { axisLabel } from '#components/chart/axis-label.ts';
import { timeTicks } from '#components/format/time-ticks.ts';
import { useZone } from '#components/format/zone.ts';
import { Band, BAND_UNITS } from '../state-band.tsx';
import { stateBands, type StateBand } from '../state-bands.ts';

const TICKS_MAX = 6;

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
  const zone = useZone();
  const { range } = replay;
  const { stepMs, ticks } = timeTicks(range.fromMs, range.toMs, TICKS_MAX);
  const share = (tMs: number) => ((tMs - range.fromMs) / (range.toMs - range.fromMs)) * BAND_UNITS;
  const rows: { label: string; bands: StateBand[] }[] = [
    { label: 'Really', bands: stateBands(circuit, transitions, range) },
    { label: 'In force, replayed', bands: replayedBands(circuit, replay.inForce, range.fromMs, range.toMs) },
  ];
  if (hasCandidate)
    rows.push({
      label: 'These settings',
      bands: replayedBands(circuit, replay.candidate, range.fromMs, range.toMs),
    });
  return (
    <div className="px-4 pb-2 pt-3">
      <dl>
        {rows.map(({ label, bands }) => (
          <div key={label} className={ROW}>
            <dt className="truncate text-xs text-ink-muted">{label}</dt>
            <dd className="flex">
              <Band bands={bands} share={share} ticks={ticks} zone={zone} nowMs={range.toMs} />
            </dd>
          </div>
        ))}
      </dl>
      <div aria-hidden className={clsx(ROW, 'h-5')}>
        <span />
        <svg height="14" className="w-full overflow-visible text-2xs">
          {ticks.map((tick, index) => (
            <text
              key={tick}
              x={`${share(tick) / 10}%`}
              y="11"
              textAnchor="middle"
              className={clsx('fill-ink-faint', index % 2 === 1 && 'max-md:hidden')}
            >
              {axisLabel(tick, stepMs, zone)}
            </text>
          ))}
        </svg>
      </div>
    </div>
  );
}

const ROW =
  'grid h-8 grid-cols-[minmax(120px,160px)_minmax(0,1fr)] items-center gap-4 max-md:grid-cols-[112px_minmax(0,1fr)] max-md:gap-2';

function replayedBands(
  { reporter, name }: Pick<Circuit, 'reporter' | 'name'>,
  { transitions }: ReplayedCircuit,
  fromMs: number,
  toMs: number,
): StateBand[] {
  // A replay begins closed; without a transition it stays so.
  const instances = [{ instance: '', state: 'closed' as const, sinceMs: fromMs }];
  const moves = transitions.map((move) => ({ ...move, reporter, name }));
  return stateBands({ reporter, name, instances }, moves, { fromMs, toMs });
}
