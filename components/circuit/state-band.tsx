'use client';

import type { CircuitState } from '#server/circuits/schema.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { formatSpan } from '#components/format/duration.ts';
import { formatMoment } from '#components/format/time.ts';
import { useZone } from '#components/format/zone.ts';
import { bandScale } from './band-scale.ts';
import { CIRCUIT_STATES } from './circuit-state.ts';
import { describeBands } from './describe-bands.ts';
import type { StateBand } from './state-bands.ts';
import { SILENT_LOOK, STATE_LOOK } from './state-look.ts';

const BAND_HEIGHT = 20;
/** The sheet of a band in units of a thousandth of its width. */
const UNITS = 1000;
/** Shorter stretches are widened to this, so that an open of a second shows in a day. */
const UNITS_MIN = 2.5;

interface BandProps {
  bands: readonly StateBand[];
  range: TimeRange;
}

/** The states of one breaker over a time axis that several share. */
export function Band({ bands, range }: BandProps) {
  const zone = useZone();
  const { ticks, share } = bandScale(range);
  const xOf = (tMs: number) => share(tMs) * UNITS;
  const at = (tMs: number) => formatMoment(tMs, { zone, nowMs: range.toMs });
  const drawn = bands.map((band) => ({
    ...band,
    x: xOf(band.fromMs),
    width: Math.max(UNITS_MIN, xOf(band.toMs) - xOf(band.fromMs)),
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
          d={`M${xOf(tick)} 0v${BAND_HEIGHT}`}
          vectorEffect="non-scaling-stroke"
          className="stroke-line"
        />
      ))}
      {ordered.map((band) => {
        const height = heightOf(band.state);
        const when = `${at(band.fromMs)} to ${at(band.toMs)}, ${formatSpan(band.toMs - band.fromMs)}`;
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
