'use client';

import type { Trace } from '#server/traces/schema.ts';
import { formatDuration } from '#components/format/duration.ts';
import { Moment } from '#components/format/moment.tsx';
import { formatInteger } from '#components/format/number.ts';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { CopyButton } from './copy-button.tsx';
import type { TraceFacts } from './trace-facts.ts';

/** The trace in a line: how it ended, how long it took, when, how large it is. */
export function TraceHead({ trace, facts }: { trace: Trace; facts: TraceFacts }) {
  const failed = facts.errors > 0;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <span className={`inline-flex items-center gap-1.5 ${failed ? 'text-critical' : ''}`}>
        <StatusGlyph tone={failed ? 'critical' : 'ok'} size={13} />
        {failed ? `${formatInteger(facts.errors)} failed ${facts.errors === 1 ? 'span' : 'spans'}` : 'no errors'}
      </span>
      <span>
        took <span className="font-medium text-ink">{formatDuration(trace.durationUs / 1000)}</span>
      </span>
      <span>
        <Moment ms={trace.startMs} show="both" />
      </span>
      <span>
        {formatInteger(trace.spans.length)} {trace.spans.length === 1 ? 'span' : 'spans'} in {facts.services.length}{' '}
        {facts.services.length === 1 ? 'service' : 'services'}
      </span>
      <span className="inline-flex items-center gap-1">
        <code className="text-ink-faint">{trace.traceId}</code>
        <CopyButton text={trace.traceId} label="Copy the trace id" />
      </span>
    </div>
  );
}
