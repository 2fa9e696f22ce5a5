'use client';

import { clsx } from 'clsx';
import type { Circuit, CircuitState, CircuitTransition } from '#server/circuits/schema.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { formatSpan } from '#components/format/duration.ts';
import { formatClockShort, formatMoment } from '#components/format/time.ts';
import { timeTicks } from '#components/format/time-ticks.ts';
import { useZone } from '#components/format/zone.ts';
import { CircuitGlyph } from './circuit-glyph.tsx';
import { CIRCUIT_STATES } from './circuit-state.ts';
import { describeBands } from './describe-bands.ts';
import { stateBands, type StateBand } from './state-bands.ts';
import { SILENT_LOOK, STATE_LOOK } from './state-look.ts';

const BAND_HEIGHT = 20;
const TICKS_MAX = 6;
/** The sheet of a band in units of a thousandth of its width. */
const UNITS = 1000;
/** Shorter stretches are widened to this, so that an open of a second shows in a day. */
const UNITS_MIN = 2.5;

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
  const { ticks } = timeTicks(range.fromMs, range.toMs, TICKS_MAX);
  const share = (tMs: number) => ((tMs - range.fromMs) / (range.toMs - range.fromMs)) * UNITS;
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
                share(tick) > UNITS * 0.98 && 'hidden',
              )}
            >
              {formatClockShort(tick, zone)}
            </text>
          ))}
        </svg>
      </div>
    </div>
  );
}

interface BandProps {
  bands: StateBand[];
  share: (tMs: number) => number;
  ticks: number[];
  zone: string;
  nowMs: number;
}

function Band({ bands, share, ticks, zone, nowMs }: BandProps) {
  const drawn = bands.map((band) => ({
    ...band,
    x: share(band.fromMs),
    width: Math.max(UNITS_MIN, share(band.toMs) - share(band.fromMs)),
  }));
  // Trouble is drawn last, so that the widened stretch of a short open is not covered by the calm after it.
  const ordered = drawn.toSorted((a, b) => heightOf(a.state) - heightOf(b.state));
  return (
    <svg
      viewBox={`0 0 ${UNITS} ${BAND_HEIGHT}`}
      preserveAspectRatio="none"
      height={BAND_HEIGHT}
      className="w-full"
      role="img"
      aria-label={describeBands(bands)}
    >
      {ticks.map((tick) => (
        <path
          key={tick}
          d={`M${share(tick)} 0v${BAND_HEIGHT}`}
          vectorEffect="non-scaling-stroke"
          className="stroke-line"
        />
      ))}
      {ordered.map((band) => {
        const height = heightOf(band.state);
        const when = `${formatMoment(band.fromMs, { zone, nowMs })} to ${formatMoment(band.toMs, { zone, nowMs })}, ${formatSpan(band.toMs - band.fromMs)}`;
        return (
          <rect
            key={band.fromMs}
            x={band.x}
            width={band.width}
            y={(BAND_HEIGHT - height) / 2}
            height={height}
            className={(band.state ? STATE_LOOK[band.state] : SILENT_LOOK).fill}
          >
            <title>{`${band.state ? CIRCUIT_STATES[band.state].word : 'not reported'}, ${when}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

function heightOf(state: CircuitState | null): number {
  return BAND_HEIGHT * (state === null ? SILENT_LOOK : STATE_LOOK[state]).share;
}
