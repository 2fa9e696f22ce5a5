'use client';

import type { TimeRange } from '#server/time/schema.ts';
import { useWidth } from '#components/diagram/use-width.ts';
import { useHover } from './hover-store.ts';
import { PLOT, plotScale } from './plot.ts';

/** A stretch of one state; its look is the caller's. */
export interface StripBand {
  fromMs: number;
  toMs: number;
  /** Pixels: states part by height as well as colour. */
  height: number;
  /** A class with a fill from the tokens. */
  fill: string;
  /** "open, 12:04:10 to 12:05:02, 52 s" */
  title: string;
  /** "open" */
  word: string;
}

interface StateStripProps {
  /** Beside the strip, where a chart has its axis; the full words are in `description`. */
  label: string;
  /** For those who cannot see it. */
  description: string;
  bands: readonly StripBand[];
  range: TimeRange;
}

const HEIGHT = 12;
/** A state of a second must be seen in a day. */
const WIDTH_MIN = 2;

/** States over the same time as the chart above it, in the same frame, under the same crosshair. */
export function StateStrip({ label, description, bands, range }: StateStripProps) {
  const [frame, width] = useWidth(0);
  const hover = useHover();
  const scale = plotScale(width, range);
  const right = width - PLOT.right;
  const x = hover && hover.tMs >= range.fromMs && hover.tMs <= range.toMs ? scale.xOf(hover.tMs) : null;
  const state = hover && bands.find((band) => hover.tMs >= band.fromMs && hover.tMs < band.toMs);
  // What is high is drawn last, so that a widened moment is not covered by the calm after it.
  const ordered = bands.toSorted((a, b) => a.height - b.height);
  return (
    <div ref={frame} className="relative h-4" title={description}>
      {width > 0 && (
        <svg
          role="img"
          aria-label={description}
          width={width}
          height={HEIGHT}
          className="absolute inset-x-0 top-0.5 text-2xs"
        >
          <text x={PLOT.left - 8} y={HEIGHT / 2 + 3.5} textAnchor="end" className="fill-ink-faint">
            {label}
          </text>
          {ordered.map((band) => {
            const left = Math.max(PLOT.left, scale.xOf(band.fromMs));
            const bandWidth = Math.max(WIDTH_MIN, Math.min(right, scale.xOf(band.toMs)) - left);
            return (
              <rect
                key={band.fromMs}
                x={Math.min(left, right - bandWidth)}
                y={(HEIGHT - band.height) / 2}
                width={bandWidth}
                height={band.height}
                className={band.fill}
              >
                <title>{band.title}</title>
              </rect>
            );
          })}
          {x !== null && <path d={`M${x} 0v${HEIGHT}`} className="stroke-ink-faint" strokeDasharray="2 2" />}
        </svg>
      )}
      {x !== null && state && (
        <span
          aria-hidden
          style={x > width / 2 ? { right: width - x + 6 } : { left: x + 6 }}
          className="pointer-events-none absolute top-0 rounded-sm bg-raised px-1 text-2xs leading-4 text-ink"
        >
          {state.word}
        </span>
      )}
    </div>
  );
}
