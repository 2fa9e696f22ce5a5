import { clsx } from 'clsx';
import type { Span } from '#server/traces/schema.ts';
import type { Stretch } from './critical-path.ts';
import { STRETCHES_WIDTH, stretchPath } from './stretch-path.ts';

interface SpanBarProps {
  span: Pick<Span, 'startUs' | 'durationUs' | 'events'>;
  stretches: readonly Stretch[];
  durationUs: number;
  colour: string;
  failed: boolean;
}

/** When a span ran; the dark line below the bar marks where it held the trace up, ticks mark its events. */
export function SpanBar({ span, stretches, durationUs, colour, failed }: SpanBarProps) {
  const share = (us: number) => (durationUs > 0 ? Math.min(100, Math.max(0, (us / durationUs) * 100)) : 0);
  const x = share(span.startUs);
  const width = Math.max(0, share(span.startUs + span.durationUs) - x);
  return (
    // Boxes, not an SVG: a browser lays them out in a fraction of the time, and all rows change in one frame of a long scroll.
    <span aria-hidden className="relative h-full">
      {/* The thinnest bar is still two pixels wide: a call of a microsecond happened too. */}
      <span
        className={clsx(
          'absolute top-[9px] h-[9px] min-w-0.5 rounded-[2px] forced-color-adjust-none [print-color-adjust:exact]',
          failed && 'outline-2 outline-critical',
        )}
        style={{ left: `${x}%`, width: `${width}%`, background: colour }}
      />
      {span.events.map((event, index) => (
        <span
          // oxlint-disable-next-line react/no-array-index-key -- events have no id and never move
          key={index}
          className="absolute top-[11px] size-[5px] -translate-x-1/2 rounded-full border border-ink bg-surface"
          style={{ left: `${share(span.startUs + event.offsetUs)}%` }}
        />
      ))}
      {stretches.length > 0 && (
        <svg
          viewBox={`0 0 ${STRETCHES_WIDTH} 1`}
          preserveAspectRatio="none"
          className="absolute top-[21px] h-0.5 w-full fill-ink"
        >
          <path d={stretchPath(stretches, durationUs)} />
        </svg>
      )}
    </span>
  );
}
