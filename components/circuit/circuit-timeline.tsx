'use client';

import { clsx } from 'clsx';
import type { Circuit, CircuitTransition } from '#server/circuits/schema.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { BandAxis } from './band-axis.tsx';
import { CircuitGlyph } from './circuit-glyph.tsx';
import { circuitId } from './circuit-href.ts';
import { Band } from './state-band.tsx';
import { stateBands } from './state-bands.ts';

interface CircuitTimelineProps {
  circuits: readonly Circuit[];
  transitions: readonly CircuitTransition[];
  range: TimeRange;
  selected: string | null;
  onSelect: (circuit: Circuit) => void;
}

/** A band of states per breaker over one common time axis. */
export function CircuitTimeline({ circuits, transitions, range, selected, onSelect }: CircuitTimelineProps) {
  return (
    <div className="px-4 pb-2 pt-1">
      <ul>
        {circuits.map((circuit) => {
          const id = circuitId(circuit);
          return (
            <li key={id}>
              <button
                type="button"
                aria-haspopup="dialog"
                onClick={() => onSelect(circuit)}
                className={clsx(
                  COLUMNS,
                  'h-row w-full items-center rounded-sm text-left hover:bg-hover',
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
                <Band bands={stateBands(circuit, transitions, range)} range={range} />
              </button>
            </li>
          );
        })}
      </ul>
      <BandAxis range={range} className={clsx(COLUMNS, 'pt-1')} />
    </div>
  );
}

const COLUMNS =
  'grid grid-cols-[minmax(120px,180px)_minmax(0,1fr)] gap-4 max-md:grid-cols-[136px_minmax(0,1fr)] max-md:gap-2';
