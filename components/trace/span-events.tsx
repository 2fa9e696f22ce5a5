import type { SpanEvent } from '#server/traces/schema.ts';
import { formatDuration } from '#components/format/duration.ts';
import { AttributeTable } from './attribute-table.tsx';

/** What a span noted on its way, with the time since it began. */
export function SpanEvents({ events }: { events: readonly SpanEvent[] }) {
  return (
    <ol className="flex flex-col gap-2 text-xs">
      {events.map((event, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- events have no id and never move
        <li key={index}>
          <p className="flex items-baseline gap-2">
            <span className="font-medium">{event.name}</span>
            <span className="text-ink-faint">after {formatDuration(event.offsetUs / 1000)}</span>
          </p>
          {Object.keys(event.attributes).length > 0 && <AttributeTable attributes={event.attributes} />}
        </li>
      ))}
    </ol>
  );
}
