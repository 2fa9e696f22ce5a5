'use client';

import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import type { LogLine } from '#server/logs/schema.ts';
import { formatClock, formatUtc } from '#components/format/time.ts';
import { TextLink } from '#components/ui/text-link.tsx';
import { LogDetail } from './log-detail.tsx';
import { spanHref } from './log-href.ts';
import { LogLevel } from './log-level.tsx';

interface LogLineRowProps {
  line: LogLine;
  zone: string;
  /** Says the day too, where the lines are of several. */
  day: string | null;
  open: boolean;
  onToggle: (id: string | null) => void;
  onFilter: (text: string) => void;
}

/** More of a body than a row can show only costs time. */
const BODY_CHARS = 400;

/** One line of the list: when, who, how bad and what; opened it shows everything. */
export const LogLineRow = memo(function LogLineRow({ line, zone, day, open, onToggle, onFilter }: LogLineRowProps) {
  const millis = String(Math.floor(line.tMs % 1000)).padStart(3, '0');
  return (
    <>
      <div className={clsx('flex items-center pr-4', open ? 'bg-selected' : 'hover:bg-hover')}>
        <button
          type="button"
          data-row
          aria-expanded={open}
          onClick={() => onToggle(open ? null : line.id)}
          className="flex h-7 min-w-0 flex-1 items-center gap-x-3 pl-2.5 pr-3 text-left text-sm -outline-offset-2"
        >
          <ChevronRight
            size={12}
            aria-hidden
            className={clsx('-mr-1.5 shrink-0 text-ink-faint', open && 'rotate-90')}
          />
          <time
            dateTime={new Date(line.tMs).toISOString()}
            title={formatUtc(line.tMs)}
            className="shrink-0 text-xs text-ink-faint"
          >
            {day} {formatClock(line.tMs, zone)}
            <span className="max-md:hidden">.{millis}</span>
          </time>
          <span className="flex w-14 shrink-0 items-center text-xs">
            <LogLevel number={line.severityNumber} text={line.severityText} />
          </span>
          <span className="w-24 shrink-0 truncate text-xs text-ink-muted max-md:hidden" title={line.service}>
            {line.service}
          </span>
          <span className="min-w-0 flex-1 truncate">
            {line.eventName && <span className="mr-2 text-xs text-ink-muted">{line.eventName}</span>}
            {line.body.slice(0, BODY_CHARS)}
          </span>
        </button>
        {line.traceId && (
          <TextLink
            href={spanHref(line)}
            prefetch={false}
            title={line.traceId}
            aria-label={`Trace ${line.traceId.slice(0, 8)}`}
            className="shrink-0 text-xs text-ink-muted max-sm:hidden"
          >
            <code>{line.traceId.slice(0, 8)}</code>
          </TextLink>
        )}
      </div>
      {open && <LogDetail line={line} onFilter={onFilter} />}
    </>
  );
});
