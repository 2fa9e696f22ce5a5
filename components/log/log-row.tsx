'use client';

import { clsx } from 'clsx';
import { formatClock, formatUtc } from '#components/format/time.ts';
import { useZone } from '#components/format/zone.ts';
import type { LogLine } from '#server/logs/schema.ts';
import { AttributeTable } from '#components/trace/attribute-table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { TONE_TEXT } from '#components/ui/tone.ts';
import { contextHref, spanHref, traceLogsHref } from './log-href.ts';
import { severityOf } from './severity.ts';

interface LogRowProps {
  line: LogLine;
  hide: readonly ('service' | 'trace')[];
  marked: boolean;
}

/** One line; opened it shows the whole message and its fields. The platform's own disclosure needs no state of ours. */
export function LogRow({ line, hide, marked }: LogRowProps) {
  const zone = useZone();
  const { word, tone } = severityOf(line.severityNumber, line.severityText);
  const millis = String(Math.floor(line.tMs % 1000)).padStart(3, '0');
  return (
    <li className={clsx('flex items-start border-b border-line last:border-0', marked && 'bg-selected')}>
      <details className="group min-w-0 flex-1">
        <summary
          data-row
          className="flex min-h-7 cursor-pointer list-none items-baseline gap-x-3 px-4 py-1 -outline-offset-2 hover:bg-hover"
        >
          <time
            dateTime={new Date(line.tMs).toISOString()}
            title={formatUtc(line.tMs)}
            className="shrink-0 text-xs text-ink-faint"
          >
            {formatClock(line.tMs, zone)}.{millis}
          </time>
          <span className={clsx('w-9 shrink-0 text-xs', TONE_TEXT[tone], tone !== 'neutral' && 'font-medium')}>
            {word}
          </span>
          {!hide.includes('service') && (
            <span className="w-20 shrink-0 truncate text-xs text-ink-muted" title={line.service}>
              {line.service}
            </span>
          )}
          <span className="min-w-0 flex-1 truncate group-open:whitespace-pre-wrap group-open:break-words">
            {line.eventName && <span className="mr-2 text-xs text-ink-muted">{line.eventName}</span>}
            {line.body}
          </span>
        </summary>
        <div className="bg-sunken px-4 py-2">
          <nav aria-label="From this line" className="flex flex-wrap gap-x-4 pb-1.5 text-xs">
            <TextLink href={contextHref(line)} prefetch={false}>
              Context around this line
            </TextLink>
            {line.traceId && (
              <TextLink href={traceLogsHref(line.traceId, line.tMs)} prefetch={false}>
                Lines of the trace
              </TextLink>
            )}
          </nav>
          <AttributeTable attributes={{ 'service.instance.id': line.instance, ...line.attributes }} />
        </div>
      </details>
      {/* Beside the disclosure, not in it: a control within a control is out of reach for screen readers. */}
      {!hide.includes('trace') && line.traceId && (
        <TextLink
          href={spanHref(line)}
          prefetch={false}
          title={line.traceId}
          aria-label={`Trace ${line.traceId.slice(0, 8)}`}
          className="shrink-0 py-1 pr-4 text-xs leading-5 text-ink-muted"
        >
          <code>{line.traceId.slice(0, 8)}</code>
        </TextLink>
      )}
    </li>
  );
}
