import { memo } from 'react';
import { niceTicks } from '#components/chart/nice-ticks.ts';
import { formatDuration } from '#components/format/duration.ts';
import { WATERFALL_COLUMNS } from './waterfall-columns.ts';

const STEPS = 5;

/** Durations after the start of the trace, above the bars. */
export const TimeAxis = memo(function TimeAxis({ durationUs }: { durationUs: number }) {
  const ticks = niceTicks(durationUs / 1000, STEPS).filter((ms) => ms * 1000 <= durationUs);
  const share = (ms: number) => (durationUs > 0 ? ((ms * 1000) / durationUs) * 100 : 0);
  return (
    <div aria-hidden className={`sticky top-0 z-10 border-b border-line bg-surface ${WATERFALL_COLUMNS}`}>
      <span className="flex h-7 items-center px-4 text-2xs text-ink-faint">Service and operation</span>
      <svg height="28" className="w-full overflow-visible text-2xs">
        {ticks.map((ms, index) => (
          <text
            key={ms}
            x={`${share(ms)}%`}
            y="18"
            textAnchor={index === 0 ? 'start' : share(ms) > 94 ? 'end' : 'middle'}
            className={index === 0 || index === ticks.length - 1 ? 'fill-ink-faint' : 'fill-ink-faint max-md:hidden'}
          >
            {formatDuration(ms)}
          </text>
        ))}
      </svg>
    </div>
  );
});
