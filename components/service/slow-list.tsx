'use client';

import type { Endpoint, SlowRequest } from '#server/services/schema.ts';
import { formatDuration } from '#components/format/duration.ts';
import { Moment } from '#components/format/moment.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { timesTypical } from './times-typical.ts';

interface SlowListProps {
  requests: readonly SlowRequest[];
  /** What is usual; empty while it is not known. */
  endpoints: readonly Endpoint[];
}

/** The slowest requests, each against what is usual for its operation, with the trace that tells why. */
export function SlowList({ requests, endpoints }: SlowListProps) {
  return (
    <ol className="max-h-[264px] overflow-y-auto">
      {requests.map(({ tMs, traceId, spanId, operation, durationMs, failed }) => {
        const times = timesTypical({ operation, durationMs }, endpoints);
        return (
          <li
            key={`${traceId} ${spanId}`}
            className="grid h-row grid-cols-[72px_minmax(0,1fr)_max-content] items-center gap-x-3 border-b border-line px-4 last:border-0 hover:bg-hover"
          >
            <Moment ms={tMs} className="whitespace-nowrap text-xs text-ink-faint" />
            <p className="flex min-w-0 items-center gap-1.5" title={operation}>
              <TextLink
                href={`/traces/${traceId}?span=${spanId}`}
                prefetch={false}
                aria-label={`Trace ${traceId.slice(0, 8)}, ${operation}`}
                className="truncate"
              >
                {operation}
              </TextLink>
              {failed && <StatusGlyph tone="critical" label="failed" size={11} />}
            </p>
            <span className="text-right">
              {times !== null && <span className="text-xs text-ink-faint max-md:hidden">{times} × its p50 · </span>}
              {formatDuration(durationMs)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
