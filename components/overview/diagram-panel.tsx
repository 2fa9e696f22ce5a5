'use client';

import type { Topology } from '#server/topology/schema.ts';
import { DiagramLegend } from '#components/diagram/diagram-legend.tsx';
import { DiagramTable } from '#components/diagram/diagram-table.tsx';
import { Ladder } from '#components/diagram/ladder.tsx';
import { SingleLineDiagram } from '#components/diagram/single-line-diagram.tsx';
import { ExplainButton } from '#components/explain/explain-button.tsx';
import { Moment } from '#components/format/moment.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { OtlpUrl } from '#components/ui/otlp-url.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState, type QueryLike } from '#components/ui/query-state.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { DiagramSkeleton } from './diagram-skeleton.tsx';

interface DiagramPanelProps {
  query: QueryLike<Topology>;
  /** What it is drawn from: the time before it was asked for. */
  windowMs: number;
  view: 'diagram' | 'table';
  onView: (view: 'diagram' | 'table') => void;
  onBreaker: (breaker: { reporter: string; name: string }) => void;
}

const VIEWS: { value: 'diagram' | 'table'; label: string }[] = [
  { value: 'diagram', label: 'Diagram' },
  { value: 'table', label: 'Table' },
];

/** The single-line diagram with its legend and title block; as a ladder on phones, as a table for whoever prefers words. */
export function DiagramPanel({ query, windowMs, view, onView, onBreaker }: DiagramPanelProps) {
  return (
    <Panel
      title="Single-line diagram"
      note="last 5 minutes"
      className="xl:col-span-2"
      actions={
        <>
          <Segmented label="Show as" value={view} options={VIEWS} onChange={onView} />
          {query.data && (
            <ExplainButton
              what="the diagram"
              path="topology.get"
              input={{ range: { fromMs: query.data.asOfMs - windowMs, toMs: query.data.asOfMs } }}
            />
          )}
        </>
      }
    >
      <QueryState
        query={query}
        what="The diagram"
        loading={<DiagramSkeleton />}
        isEmpty={(topology) => topology.nodes.length === 0}
        empty={
          <Empty title="No service has sent a span yet">
            Point any OpenTelemetry SDK at{' '}
            <code className="text-ink">
              <OtlpUrl />
            </code>
            , and it appears here within seconds.
          </Empty>
        }
      >
        {(topology) =>
          view === 'table' ? (
            <DiagramTable topology={topology} onBreaker={onBreaker} />
          ) : (
            <>
              <div className="bg-sunken px-4 pb-3 pt-4 max-md:hidden">
                <SingleLineDiagram topology={topology} onBreaker={onBreaker} />
              </div>
              <div className="md:hidden">
                <Ladder topology={topology} onBreaker={onBreaker} />
              </div>
              <footer className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line px-4 py-2">
                <DiagramLegend />
                <p className="text-2xs text-ink-faint">
                  as of <Moment ms={topology.asOfMs} />
                </p>
              </footer>
            </>
          )
        }
      </QueryState>
    </Panel>
  );
}
