import type { CircuitState } from '#server/circuits/schema.ts';
import { formatSpan } from '#components/format/duration.ts';
import { formatMoment } from '#components/format/time.ts';
import { CIRCUIT_STATES } from './circuit-state.ts';
import { describeBands } from './describe-bands.ts';
import type { StateBand } from './state-bands.ts';
import { SILENT_LOOK, STATE_LOOK } from './state-look.ts';

const BAND_HEIGHT = 20;
/** The sheet of a band in units of a thousandth of its width. */
export const BAND_UNITS = 1000;
/** Shorter stretches are widened to this, so that an open of a second shows in a day. */
const UNITS_MIN = 2.5;

interface BandProps {
  bands: readonly StateBand[];
  /** Where a time lies, in BAND_UNITS. */
  share: (tMs: number) => number;
  ticks: readonly number[];
  zone: string;
  nowMs: number;
}

/** The states of one breaker over a time axis that several share. */
export function Band({ bands, share, ticks, zone, nowMs }: BandProps) {
  const drawn = bands.map((band) => ({
    ...band,
    x: share(band.fromMs),
    width: Math.max(UNITS_MIN, share(band.toMs) - share(band.fromMs)),
  }));
  // Trouble is drawn last, so that the widened stretch of a short open is not covered by the calm after it.
  const ordered = drawn.toSorted((a, b) => heightOf(a.state) - heightOf(b.state));
  return (
    <svg
      viewBox={`0 0 ${BAND_UNITS} ${BAND_HEIGHT}`}
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
