'use client';

import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import type { LogLine } from '#server/logs/schema.ts';
import type { Trace } from '#server/traces/schema.ts';
import { LogList } from '#components/log/log-list.tsx';
import { formatInteger } from '#components/format/number.ts';
import { criticalPath } from '#components/trace/critical-path.ts';
import type { Details } from '#components/trace/expand-outline.ts';
import { LaterFlameGraph, LaterTraceActions } from '#components/trace/later-views.tsx';
import { orderSpans } from '#components/trace/order-spans.ts';
import { selfTimes } from '#components/trace/self-times.ts';
import { serviceColours } from '#components/trace/service-colours.ts';
import { ServiceKey } from '#components/trace/service-key.tsx';
import { SpanGroupTable } from '#components/trace/span-group-table.tsx';
import { SpanPanel } from '#components/trace/span-panel.tsx';
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

interface TraceBodyProps {
  trace: Trace;
  details: Details;
  logs: QueryLike<LogLine[]>;
}

export function TraceBody({ trace, details, logs }: TraceBodyProps) {
  const [{ span: spanId, tab, find, only, by }, setParams] = useQueryStates(traceParams);
  const rows = useMemo(() => orderSpans(trace.spans), [trace.spans]);
  const selfUs = useMemo(() => selfTimes(rows), [rows]);
  const path = useMemo(() => criticalPath(rows), [rows]);
  const facts = useMemo(() => traceFacts(trace, rows), [trace, rows]);
  const colours = useMemo(() => serviceColours(rows.map((row) => row.span.service)), [rows]);
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
        actions={<LaterTraceActions traceId={trace.traceId} startMs={trace.startMs} root={root} />}
      />
      {trace.truncated && (
        <p role="status" className="mb-4 flex items-center gap-2 rounded-md bg-warn-soft px-4 py-2 text-xs text-warn">
          <StatusGlyph tone="warn" size={13} />
          This trace has more spans than are shown here. These are its first {formatInteger(trace.spans.length)}.
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
          <Tab value="flame">Flame</Tab>
          <Tab value="table">Table</Tab>
          <Tab value="logs" count={logs.data?.length}>
            Logs
          </Tab>
        </TabsList>
        <TabsContent value="spans" className="pt-4">
          <SpanPanel
            {...{ trace, details, rows, selfUs, path, facts, colours, find }}
            logs={logs.data ?? []}
            selected={spanId}
            onSelect={(next) => void setParams({ span: next })}
            set={only}
            onFind={(text) => void setParams({ find: text })}
            onSet={(set) => void setParams({ only: set })}
          />
        </TabsContent>
        <TabsContent value="flame" className="pt-4">
          <Panel label="Flame graph">
            <ServiceKey services={facts.services} colours={colours} />
            <LaterFlameGraph
              {...{ rows, selfUs, colours }}
              onShow={(next) => void setParams({ tab: 'spans', span: next, find: null, only: null })}
            />
          </Panel>
        </TabsContent>
        <TabsContent value="table" className="pt-4">
          <Panel label="Spans by operation">
            <SpanGroupTable
              {...{ rows, selfUs, colours }}
              sort={by}
              onSort={(next) => void setParams({ by: next })}
              onFind={(text) => void setParams({ tab: 'spans', find: text, only: null, span: null })}
            />
          </Panel>
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
