'use client';

import { clsx } from 'clsx';
import type { TimeRange } from '#server/time/schema.ts';
import { axisLabel, uncutTicks } from '#components/chart/axis-label.ts';
import { useZone } from '#components/format/zone.ts';
import { bandScale } from './band-scale.ts';

/** A band is as wide as its page lets it: a label that is whole at the width of a phone is whole everywhere. */
const WIDTH_MIN_PX = 220;

interface BandAxisProps {
  range: TimeRange;
  /** The columns of the bands: the first is that of their names. */
  className: string;
}

/** The times below bands; readers hear them with each band. */
export function BandAxis({ range, className }: BandAxisProps) {
  const zone = useZone();
  const { ticks, stepMs, share } = bandScale(range);
  return (
    <div aria-hidden className={className}>
      <span />
      <svg height="14" className="w-full overflow-visible text-2xs">
        {uncutTicks(ticks, range, WIDTH_MIN_PX).map((tick, index) => (
          <text
            key={tick}
            x={`${share(tick) * 100}%`}
            y="11"
            textAnchor="middle"
            className={clsx('fill-ink-faint', index % 2 === 1 && 'max-md:hidden')}
          >
            {axisLabel(tick, stepMs, zone)}
          </text>
        ))}
      </svg>
    </div>
  );
}
