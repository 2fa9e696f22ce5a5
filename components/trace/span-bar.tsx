import type { Span } from '#server/traces/schema.ts';
import type { Stretch } from './critical-path.ts';

interface SpanBarProps {
  span: Pick<Span, 'startUs' | 'durationUs' | 'events'>;
  stretches: readonly Stretch[];
  durationUs: number;
  colour: string;
  failed: boolean;
}

const HEIGHT = 28;

/** When a span ran; the dark line below the bar marks where it held the trace up, ticks mark its events. */
export function SpanBar({ span, stretches, durationUs, colour, failed }: SpanBarProps) {
  const share = (us: number) => (durationUs > 0 ? Math.min(100, Math.max(0, (us / durationUs) * 100)) : 0);
  const x = share(span.startUs);
  const width = Math.max(0, share(span.startUs + span.durationUs) - x);
  return (
    <svg aria-hidden height={HEIGHT} className="w-full overflow-visible">
      {/* The thinnest bar is still two pixels wide: a call of a microsecond happened too. */}
      <rect
        x={`${x}%`}
        y="9"
        width={`${width}%`}
        height="9"
        rx="2"
        fill={colour}
        stroke={failed ? 'var(--critical)' : colour}
        strokeWidth={failed ? 2 : 1}
      />
      {span.events.map((event, index) => (
        <circle
          // oxlint-disable-next-line react/no-array-index-key -- events have no id and never move
          key={index}
          cx={`${share(span.startUs + event.offsetUs)}%`}
          cy="13.5"
          r="2"
          className="fill-surface stroke-ink"
        />
      ))}
      {stretches.map(({ fromUs, toUs }) => (
        <rect
          key={fromUs}
          x={`${share(fromUs)}%`}
          y="21"
          width={`${Math.max(0.15, share(toUs) - share(fromUs))}%`}
          height="2"
          className="fill-ink"
        />
      ))}
    </svg>
  );
}
