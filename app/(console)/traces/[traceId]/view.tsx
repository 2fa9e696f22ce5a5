'use client';

import { useQuery } from '@tanstack/react-query';
import type { Trace } from '#server/traces/schema.ts';
import { serverNow } from '#components/live/server-clock.ts';
import { TraceMissing } from '#components/trace/trace-missing.tsx';
import { useTRPC } from '#components/trpc/context.ts';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { firstSpansQuery } from '../queries.ts';
import { TraceBody, type Rest } from './trace-body.tsx';

/** Spans of one trace are sent by several processes, each in its own time: a young trace is asked for again. */
const YOUNG_MS = 30_000;
const AGAIN_MS = 3_000;

export function TraceView({ traceId }: { traceId: string }) {
  const trpc = useTRPC();
  const first = useQuery({
    ...firstSpansQuery(trpc, traceId),
    refetchInterval: ({ state }) => (isYoung(state.data) && !state.data?.truncated ? AGAIN_MS : false),
  });
  const isLarge = first.data?.truncated === true;
  const whole = useQuery({
    ...trpc.traces.get.queryOptions({ traceId }),
    enabled: isLarge,
    refetchInterval: ({ state }) => (isYoung(state.data) ? AGAIN_MS : false),
  });
  const trace = whole.data || (whole.error && !first.data) ? whole : first;
  const logs = useQuery({
    ...trpc.traces.logs.queryOptions({ traceId }),
    refetchInterval: isYoung(trace.data) ? AGAIN_MS : false,
  });
  const isMissing = trace.error?.data?.code === 'NOT_FOUND' && !trace.data;

  return (
    <>
      <nav aria-label="Where you are" className="mb-2 text-xs text-ink-faint">
        <TextLink href="/traces">Traces</TextLink> / <code>{traceId.slice(0, 8)}</code>
      </nav>
      {isMissing ? (
        <TraceMissing traceId={traceId} retry={() => void trace.refetch()} />
      ) : (
        <QueryState
          query={trace}
          what="The trace"
          loading={
            <>
              <PageHeader title=" " lead=" " />
              <Panel label="Loading">
                <SkeletonRows rows={14} />
              </Panel>
            </>
          }
        >
          {(data) => <TraceBody trace={data} rest={restOf(isLarge, whole)} logs={logs} />}
        </QueryState>
      )}
    </>
  );
}

function isYoung(trace: Trace | undefined): boolean {
  return trace !== undefined && serverNow() - (trace.startMs + trace.durationUs / 1000) < YOUNG_MS;
}

/** What became of the spans after the first ones. */
function restOf(isLarge: boolean, { data, error }: { data: Trace | undefined; error: unknown }): Rest {
  if (!isLarge) return 'none';
  if (data) return data.truncated ? 'cut' : 'none';
  return error ? 'failed' : 'coming';
}
