'use client';

import type { RecentError } from '#server/services/schema.ts';
import { formatDuration } from '#components/format/duration.ts';
import { Moment } from '#components/format/moment.tsx';
import { TextLink } from '#components/ui/text-link.tsx';

/** Calls that failed lately, each with the trace that tells how. */
export function ErrorList({ errors }: { errors: readonly RecentError[] }) {
  return (
    <ol className="max-h-[264px] overflow-y-auto">
      {errors.map((error) => (
        <li
          key={`${error.traceId} ${error.spanId}`}
          className="grid grid-cols-[72px_minmax(0,1fr)_max-content] gap-x-3 border-b border-line px-4 py-1.5 last:border-0 hover:bg-hover"
        >
          <Moment ms={error.tMs} className="whitespace-nowrap text-xs leading-5 text-ink-faint" />
          <div className="min-w-0">
            <p className="truncate" title={error.operation}>
              <TextLink
                href={`/traces/${error.traceId}?span=${error.spanId}`}
                prefetch={false}
                aria-label={`Trace ${error.traceId.slice(0, 8)}, ${error.operation}`}
              >
                {error.operation}
              </TextLink>
            </p>
            <p className="truncate text-xs text-ink-muted" title={error.message || error.errorType}>
              {error.errorType && <span className="text-critical">{error.errorType}</span>}
              {error.errorType && error.message && ' · '}
              {error.message}
            </p>
          </div>
          <span className="text-xs leading-5 text-ink-muted">{formatDuration(error.durationMs)}</span>
        </li>
      ))}
    </ol>
  );
}
