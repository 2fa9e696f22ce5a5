'use client';

import { clsx } from 'clsx';
import type { Circuit, CircuitTransition } from '#server/circuits/schema.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { axisLabel } from '#components/chart/axis-label.ts';
import { timeTicks } from '#components/format/time-ticks.ts';
import { useZone } from '#components/format/zone.ts';
import { CircuitGlyph } from './circuit-glyph.tsx';
import { Band, BAND_UNITS } from './state-band.tsx';
import { stateBands } from './state-bands.ts';

const TICKS_MAX = 6;

interface CircuitTimelineProps {
  circuits: readonly Circuit[];
  transitions: readonly CircuitTransition[];
  range: TimeRange;
  selected: string | null;
  onSelect: (circuit: Circuit) => void;
}

/** A band of states per breaker over one common time axis. */
export function CircuitTimeline({ circuits, transitions, range, selected, onSelect }: CircuitTimelineProps) {
  const zone = useZone();
  const { stepMs, ticks } = timeTicks(range.fromMs, range.toMs, TICKS_MAX);
  const share = (tMs: number) => ((tMs - range.fromMs) / (range.toMs - range.fromMs)) * BAND_UNITS;
  return (
    <div className="px-4 pb-2 pt-1">
      <ul>
        {circuits.map((circuit) => {
          const id = `${circuit.reporter}~${circuit.name}`;
          return (
            <li key={id}>
              <button
                type="button"
                onClick={() => onSelect(circuit)}
                className={clsx(
                  'grid h-8 w-full grid-cols-[minmax(120px,180px)_minmax(0,1fr)] items-center gap-4 rounded-sm text-left hover:bg-hover max-md:grid-cols-[136px_minmax(0,1fr)] max-md:gap-2',
                  id === selected && 'bg-selected',
                )}
              >
                <span className="flex min-w-0 items-center gap-2 pl-1">
                  <CircuitGlyph state={circuit.state} size={15} labelled />
                  <span className="truncate max-md:text-2xs">
                    <span className="text-ink-faint">{circuit.reporter} → </span>
                    {circuit.name}
                  </span>
                </span>
                <Band
                  bands={stateBands(circuit, transitions, range)}
                  share={share}
                  ticks={ticks}
                  zone={zone}
                  nowMs={range.toMs}
                />
              </button>
            </li>
          );
        })}
      </ul>
      <div
        aria-hidden
        className="grid grid-cols-[minmax(120px,180px)_minmax(0,1fr)] gap-4 pt-1 max-md:grid-cols-[136px_minmax(0,1fr)] max-md:gap-2"
      >
        <span />
        <svg height="14" className="w-full overflow-visible text-2xs">
          {ticks.map((tick, index) => (
            <text
              key={tick}
              x={`${share(tick) / 10}%`}
              y="11"
              textAnchor="middle"
              className={clsx(
                'fill-ink-faint',
                index % 2 === 1 && 'max-md:hidden',
                share(tick) > BAND_UNITS * 0.98 && 'hidden',
              )}
            >
              {axisLabel(tick, stepMs, zone)}
            </text>
          ))}
        </svg>
      </div>
    </div>
  );
}
