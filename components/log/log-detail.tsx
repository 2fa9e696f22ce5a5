'use client';

import { useQuery } from '@tanstack/react-query';
import type { LogLine } from '#server/logs/schema.ts';
import { formatUtc } from '#components/format/time.ts';
import { CopyButton } from '#components/trace/copy-button.tsx';
import { LongText } from '#components/trace/long-text.tsx';
import { useTRPC } from '#components/trpc/context.ts';
import { QueryState } from '#components/ui/query-state.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { LogFields } from './log-fields.tsx';
import { contextHref, spanHref, traceLogsHref } from './log-href.ts';
import { toJsonl } from './to-jsonl.ts';

interface LogDetailProps {
  line: LogLine;
  onFilter: (text: string) => void;
}

/** Everything that was sent about one line, and where it leads. */
export function LogDetail({ line, onFilter }: LogDetailProps) {
  const trpc = useTRPC();
  const detail = useQuery({ ...trpc.logs.get.queryOptions({ id: line.id }), staleTime: Infinity });
  return (
    <div className="border-t border-line bg-sunken px-4 pb-3 pt-2">
      <nav aria-label="From this line" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs">
        {line.traceId && (
          <>
            <TextLink href={spanHref(line)} prefetch={false}>
              {line.spanId ? 'Its span' : 'Its trace'}
            </TextLink>
            <TextLink href={traceLogsHref(line.traceId, line.tMs)} prefetch={false}>
              Lines of the trace
            </TextLink>
          </>
        )}
        <TextLink href={contextHref(line)} prefetch={false} title="What the service wrote a minute before and after">
          Context around this line
        </TextLink>
        <span className="ml-auto flex items-center gap-1 text-ink-faint">
          {formatUtc(line.tMs)}
          <CopyButton text={toJsonl([line]).trimEnd()} label="Copy the line as JSON" />
        </span>
      </nav>
      {line.body && (
        <p className="my-2 max-w-[120ch] font-mono text-xs text-ink">
          <LongText text={line.body} />
        </p>
      )}
      <div className="grid gap-x-8 gap-y-3 lg:grid-cols-2">
        <section aria-label="Attributes" className="min-w-0">
          <h3 className="pb-1 text-xs font-semibold">Attributes</h3>
          <LogFields fields={{ 'event.name': line.eventName, ...line.attributes }} onFilter={onFilter} />
        </section>
        <section aria-label="Resource" className="min-w-0">
          <h3 className="pb-1 text-xs font-semibold">Resource</h3>
          <QueryState
            query={detail}
            what="The resource"
            loading={
              <div role="status" aria-label="Loading" className="flex flex-col gap-2 py-1">
                <Skeleton className="h-2.5 w-56" />
                <Skeleton className="h-2.5 w-44" />
                <Skeleton className="h-2.5 w-64" />
              </div>
            }
          >
            {({ resourceAttributes, scope }) => (
              <LogFields
                fields={{
                  'service.name': line.service,
                  'service.instance.id': line.instance,
                  ...resourceAttributes,
                  ...(scope && { 'otel.scope.name': scope }),
                }}
                onFilter={onFilter}
              />
            )}
          </QueryState>
        </section>
      </div>
    </div>
  );
}
