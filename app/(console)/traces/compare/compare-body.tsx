'use client';

import { useMemo } from 'react';
import type { Trace } from '#server/traces/schema.ts';
import { formatDuration } from '#components/format/duration.ts';
import { Moment } from '#components/format/moment.tsx';
import { formatInteger } from '#components/format/number.ts';
import { compareTraces, onlyChanged } from '#components/trace/compare-traces.ts';
import { LaterCompareView } from '#components/trace/later-views.tsx';
import { orderSpans } from '#components/trace/order-spans.ts';
import { selfTimes } from '#components/trace/self-times.ts';
import { serviceColours } from '#components/trace/service-colours.ts';
import { summariseComparison } from '#components/trace/summarise-comparison.ts';
import { traceFacts } from '#components/trace/trace-facts.ts';
import { Empty } from '#components/ui/empty.tsx';
import { Fact, Facts } from '#components/ui/facts.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { TextLink } from '#components/ui/text-link.tsx';

interface CompareBodyProps {
  a: Trace;
  b: Trace;
  only: 'all' | 'changed';
  onOnly: (only: 'all' | 'changed') => void;
}

export function CompareBody({ a, b, only, onOnly }: CompareBodyProps) {
  const first = useMemo(() => prepare(a), [a]);
  const second = useMemo(() => prepare(b), [b]);
  const nodes = useMemo(() => compareTraces(first, second), [first, second]);
  const shown = useMemo(() => (only === 'changed' ? onlyChanged(nodes) : nodes), [nodes, only]);
  const colours = useMemo(() => serviceColours(nodes.map(({ service }) => service)), [nodes]);
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-5 md:grid-cols-2">
        <TraceCard title="First" trace={a} rows={first.rows} />
        <TraceCard title="Second" trace={b} rows={second.rows} />
      </div>
      <Panel
        title="Calls of both"
        actions={
          <Segmented
            label="Which calls"
            value={only}
            options={[
              { value: 'all', label: 'All' },
              { value: 'changed', label: 'Different' },
            ]}
            onChange={onOnly}
          />
        }
      >
        <p role="status" className="border-b border-line px-4 py-2.5 text-pretty">
          {summariseComparison(nodes, a.durationUs, b.durationUs)}
        </p>
        {shown.length === 0 ? (
          <Empty title="Nothing differs">Both made the same calls, and each took about the same time.</Empty>
        ) : (
          <LaterCompareView nodes={shown} colours={colours} />
        )}
      </Panel>
    </div>
  );
}

function TraceCard({ title, trace, rows }: { title: string; trace: Trace; rows: ReturnType<typeof orderSpans> }) {
  const { root, errors } = traceFacts(trace, rows);
  return (
    <Panel title={title} note={<Moment ms={trace.startMs} show="both" />} bodyClassName="px-4 py-3">
      <Facts className="text-xs">
        <Fact label="Trace">
          <TextLink href={`/traces/${trace.traceId}`} prefetch={false}>
            {root ? `${root.span.service} ${root.span.operation}` : 'root missing'}{' '}
            <code className="text-ink-faint">{trace.traceId.slice(0, 8)}</code>
          </TextLink>
        </Fact>
        <Fact label="Took">{formatDuration(trace.durationUs / 1000)}</Fact>
        <Fact label="Spans">
          {formatInteger(trace.spans.length)}
          {trace.truncated && ', its first only'}
        </Fact>
        <Fact label="Failed">
          <span className={errors > 0 ? 'text-critical' : ''}>{formatInteger(errors)}</span>
        </Fact>
      </Facts>
    </Panel>
  );
}

function prepare(trace: Trace) {
  const rows = orderSpans(trace.spans);
  return { rows, selfUs: selfTimes(rows) };
}
