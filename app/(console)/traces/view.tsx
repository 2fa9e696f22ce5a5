'use client';

import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { ChartSkeleton } from '#components/chart/chart-skeleton.tsx';
import { HeatmapChart, type HeatSelection } from '#components/chart/heatmap-chart.tsx';
import { ExplainButton } from '#components/explain/explain-button.tsx';
import { SamplingNote } from '#components/service/sampling-note.tsx';
import { useTimeRange } from '#components/time-range/use-time-range.ts';
import { ComparePicks } from '#components/trace/compare-picks.tsx';
import { DifferencePanel } from '#components/trace/difference-panel.tsx';
import { ExplainBar } from '#components/trace/explain-bar.tsx';
import { readSelection, writeSelection } from '#components/trace/selection.ts';
import { TraceFilterBar } from '#components/trace/trace-filter-bar.tsx';
import { countFilters, NO_FILTERS, toSearchInput } from '#components/trace/trace-filters.ts';
import { TraceIdField } from '#components/trace/trace-id-field.tsx';
import { TraceTable } from '#components/trace/trace-table.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { OtlpUrl } from '#components/ui/otlp-url.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { explainQuery, tracesQueries } from './queries.ts';
import { tracesParams } from './search-params.ts';

export function TracesView() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { window, range, setRange } = useTimeRange();
  const [filters, setFilters] = useQueryStates(tracesParams, { history: 'push' });
  const queries = tracesQueries(trpc, client, window, filters);
  const search = useQuery(queries.search);
  const heatmap = useQuery(queries.heatmap);
  const services = useQuery(queries.services);
  const operations = useQuery(queries.operations);
  const selection = readSelection(filters.about);
  const explained = useQuery({
    ...explainQuery(trpc, client, window, filters, selection),
    // Asked after the list: questions of one moment travel together, and this is the slowest.
    enabled: selection !== null && !search.isPending,
  });
  const [marking, setMarking] = useState(false);
  const filtered = countFilters(filters) > 0;
  const narrow = ({ range: stretch, minDurationMs, maxDurationMs }: HeatSelection) => {
    setRange(stretch);
    void setFilters({ min: minDurationMs, max: maxDurationMs, about: null });
  };
  const mark = ({ range: { fromMs, toMs }, minDurationMs, maxDurationMs }: HeatSelection) => {
    setMarking(false);
    const durations = { minDurationMs: minDurationMs ?? undefined, maxDurationMs: maxDurationMs ?? undefined };
    void setFilters({ about: writeSelection({ fromMs, toMs, ...durations }) });
  };
  const narrowToSelection = () => {
    const { fromMs, toMs, minDurationMs, maxDurationMs, failed } = selection ?? {};
    if (fromMs !== undefined && toMs !== undefined) setRange({ fromMs, toMs });
    void setFilters({
      min: minDurationMs ?? filters.min,
      max: maxDurationMs ?? filters.max,
      ...(failed && { status: 'error' }),
      about: null,
    });
  };
  const nothing = (
    <Empty
      title={filtered ? 'No trace matches' : 'No trace in this time'}
      action={filtered && <Button onClick={() => setFilters(NO_FILTERS)}>Clear filters</Button>}
    >
      {filtered ? (
        'Loosen the filters, or choose a longer time.'
      ) : (
        <>
          Choose a longer time, or send spans by OTLP to <OtlpUrl />.
        </>
      )}
    </Empty>
  );

  return (
    <>
      <PageHeader
        title="Traces"
        lead={
          <>
            Calls from end to end, across all services.
            <SamplingNote />
          </>
        }
        actions={<TraceIdField />}
      />
      <div className="flex flex-col gap-5">
        <Panel label="Filters">
          <TraceFilterBar
            filters={filters}
            services={services.data?.map(({ service }) => service) ?? []}
            operations={operations.data ?? []}
            onChange={(change) => void setFilters(change as Parameters<typeof setFilters>[0])}
          />
        </Panel>
        <Panel
          title="Durations"
          note={
            marking
              ? 'drag over the traces that you want explained'
              : 'stronger is more, red failed; drag to select time and duration'
          }
          actions={
            <ExplainButton what="Durations" path="traces.heatmap" input={{ ...toSearchInput(filters), range }} />
          }
        >
          <QueryState
            query={heatmap}
            what="The durations"
            loading={<ChartSkeleton />}
            isEmpty={(buckets) => buckets.length === 0}
            empty={nothing}
          >
            {(buckets) => (
              <>
                <HeatmapChart buckets={buckets} range={range} marked={selection} onSelect={marking ? mark : narrow} />
                <ExplainBar
                  buckets={buckets}
                  marking={marking}
                  onMarking={setMarking}
                  onExplain={(next) => void setFilters({ about: writeSelection(next) })}
                />
              </>
            )}
          </QueryState>
        </Panel>
        {selection && (
          <DifferencePanel
            selection={selection}
            query={explained}
            filters={filters}
            onFilter={(change) => void setFilters(change as Parameters<typeof setFilters>[0])}
            onNarrow={narrowToSelection}
            onClose={() => void setFilters({ about: null })}
          />
        )}
        <Panel
          title="Traces"
          actions={<ComparePicks picked={filters.pick} onClear={() => void setFilters({ pick: null })} />}
          note={
            search.data &&
            (search.data.truncated
              ? `the ${filters.sort} ${search.data.traces.length}; there are more`
              : `${search.data.traces.length}`)
          }
        >
          <QueryState
            query={search}
            what="The traces"
            loading={<SkeletonRows rows={10} />}
            isEmpty={({ traces }) => traces.length === 0}
            empty={nothing}
          >
            {({ traces }) => (
              <TraceTable
                traces={traces}
                sort={filters.sort}
                onSort={(sort) => void setFilters({ sort })}
                picked={filters.pick}
                // Of three the first is let go: two can be compared.
                onPick={(id, isPicked) => {
                  const others = filters.pick.filter((other) => other !== id);
                  void setFilters({ pick: isPicked ? [...others, id].slice(-2) : others }, { history: 'replace' });
                }}
              />
            )}
          </QueryState>
        </Panel>
      </div>
    </>
  );
}
