'use client';

import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import type { Trace } from '#server/traces/schema.ts';
import { serverNow } from '#components/live/server-clock.ts';
import { expandTrace, type Details, type ShownTrace } from '#components/trace/expand-outline.ts';
import { TraceMissing } from '#components/trace/trace-missing.tsx';
import { useTRPC } from '#components/trpc/context.ts';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { traceParams } from '../search-params.ts';
import { TraceBody } from './trace-body.tsx';

/** Spans of one trace are sent by several processes, each in its own time: a young trace is asked for again. */
const YOUNG_MS = 30_000;
const AGAIN_MS = 3_000;

export function TraceView({ traceId }: { traceId: string }) {
  const trpc = useTRPC();
  const [{ span, find }] = useQueryStates(traceParams);
  const opened = useQuery({
    ...trpc.traces.open.queryOptions({ traceId }),
    select: expandTrace,
    refetchInterval: ({ state }) => (isYoung(state.data) ? AGAIN_MS : false),
  });
  const isOutline = opened.data?.isOutline === true;
  const whole = useQuery({
    ...trpc.traces.get.queryOptions({ traceId }),
    // What an outline leaves out is megabytes: asked for when a span is looked at, or words are looked for.
    enabled: isOutline && (span !== null || find !== ''),
    select: asShown,
    refetchInterval: ({ state }) => (isYoung(state.data) ? AGAIN_MS : false),
  });
  const trace = isOutline && whole.data ? whole : opened;
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
          {(data) => <TraceBody trace={data} details={detailsOf(data, whole)} logs={logs} />}
        </QueryState>
      )}
    </>
  );
}

function isYoung(trace: Pick<Trace, 'startMs' | 'durationUs'> | undefined): boolean {
  return trace !== undefined && serverNow() - (trace.startMs + trace.durationUs / 1000) < YOUNG_MS;
}

function asShown(trace: Trace): ShownTrace {
  return { ...trace, isOutline: false };
}

/** What became of that which an outline leaves out. */
function detailsOf({ isOutline }: ShownTrace, { error }: { error: unknown }): Details {
  if (!isOutline) return 'here';
  return error ? 'failed' : 'coming';
}
