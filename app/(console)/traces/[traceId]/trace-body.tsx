'use client';

import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import type { LogLine } from '#server/logs/schema.ts';
import type { Trace } from '#server/traces/schema.ts';
import { LogList } from '#components/log/log-list.tsx';
import { formatInteger } from '#components/format/number.ts';
import { orderSpans } from '#components/trace/order-spans.ts';
import { serviceColours } from '#components/trace/service-colours.ts';
import { ServiceKey } from '#components/trace/service-key.tsx';
import { SpanDetail } from '#components/trace/span-detail.tsx';
import { traceFacts } from '#components/trace/trace-facts.ts';
import { TraceHead } from '#components/trace/trace-head.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState, type QueryLike } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { Tab, Tabs, TabsContent, TabsList } from '#components/ui/tabs.tsx';
import { TRACE_TABS, traceParams } from '../search-params.ts';

// Rows are placed by their height, which only the browser knows.
const Waterfall = dynamic(() => import('#components/trace/waterfall.tsx').then((module) => module.Waterfall), {
  ssr: false,
  loading: () => <SkeletonRows rows={14} />,
});

export function TraceBody({ trace, logs }: { trace: Trace; logs: QueryLike<LogLine[]> }) {
  const [{ span: spanId, tab }, setParams] = useQueryStates(traceParams);
  const rows = useMemo(() => orderSpans(trace.spans), [trace.spans]);
  const facts = useMemo(() => traceFacts(trace, rows), [trace, rows]);
  const colours = useMemo(() => serviceColours(rows.map((row) => row.span.service)), [rows]);
  const selected = trace.spans.find((span) => span.spanId === spanId);
  const root = facts.root?.span;

  return (
    <>
      <PageHeader
        title={
          root ? (
            <>
              {root.service} <span className="font-normal text-ink-muted">{root.operation}</span>
            </>
          ) : (
            `Trace ${trace.traceId.slice(0, 8)}`
          )
        }
        lead={<TraceHead trace={trace} facts={facts} />}
      />
      {trace.truncated && (
        <p role="status" className="mb-4 flex items-center gap-2 rounded-md bg-warn-soft px-4 py-2 text-xs text-warn">
          <StatusGlyph tone="warn" size={13} />
          This trace has more spans than are shown here: these are its first {formatInteger(trace.spans.length)}.
        </p>
      )}
      <Tabs
        value={tab}
        onValueChange={(value) => void setParams({ tab: TRACE_TABS.find((known) => known === value) ?? 'spans' })}
      >
        <TabsList aria-label="Views of the trace">
          <Tab value="spans" count={trace.spans.length}>
            Spans
          </Tab>
          <Tab value="logs" count={logs.data?.length}>
            Logs
          </Tab>
        </TabsList>
        <TabsContent value="spans" className="pt-4">
          <div className={selected ? 'grid grid-cols-1 items-start gap-5 xl:grid-cols-[minmax(0,1fr)_380px]' : ''}>
            <Panel label="Waterfall">
              <ServiceKey services={facts.services} colours={colours} />
              <Waterfall
                rows={rows}
                durationUs={trace.durationUs}
                colours={colours}
                selected={selected?.spanId ?? null}
                onSelect={(next) => void setParams({ span: next })}
              />
            </Panel>
            {selected && (
              <div className="overflow-y-auto rounded-md border border-line bg-surface max-xl:fixed max-xl:inset-x-0 max-xl:bottom-0 max-xl:z-40 max-xl:max-h-[60dvh] max-xl:rounded-b-none max-xl:border-line-strong max-xl:shadow-pop xl:sticky xl:top-16 xl:max-h-[calc(100dvh-88px)]">
                <SpanDetail span={selected} logs={logs.data ?? []} onClose={() => void setParams({ span: null })} />
              </div>
            )}
          </div>
        </TabsContent>
        <TabsContent value="logs" className="pt-4">
          <Panel label="Logs of the trace">
            <QueryState
              query={logs}
              what="The logs"
              loading={<SkeletonRows rows={8} />}
              isEmpty={(lines) => lines.length === 0}
              empty={
                <Empty title="Nothing was logged within this trace">
                  Lines belong to a trace when their logger sends the trace id with them.
                </Empty>
              }
            >
              {(lines) => <LogList lines={lines} hide={['trace']} spanId={spanId} />}
            </QueryState>
          </Panel>
        </TabsContent>
      </Tabs>
    </>
  );
}
