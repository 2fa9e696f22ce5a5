'use client';

import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { ChartSkeleton } from '#components/chart/chart-skeleton.tsx';
import { HeatmapChart } from '#components/chart/heatmap-chart.tsx';
import { useTimeRange } from '#components/time-range/use-time-range.ts';
import { TraceFilterBar } from '#components/trace/trace-filter-bar.tsx';
import { countFilters, NO_FILTERS } from '#components/trace/trace-filters.ts';
import { TraceIdField } from '#components/trace/trace-id-field.tsx';
import { TraceTable } from '#components/trace/trace-table.tsx';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { tracesQueries } from './queries.ts';
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
  const filtered = countFilters(filters) > 0;
  const nothing = (
    <Empty
      title={filtered ? 'No trace matches' : 'No trace in this time'}
      action={filtered && <Button onClick={() => setFilters(NO_FILTERS)}>Clear filters</Button>}
    >
      {filtered
        ? 'Loosen the filters, or choose a longer time.'
        : 'Choose a longer time, or send spans by OTLP to http://127.0.0.1:4318.'}
    </Empty>
  );

  return (
    <>
      <PageHeader title="Traces" lead="Calls from end to end, across all services." actions={<TraceIdField />} />
      <div className="flex flex-col gap-5">
        <Panel label="Filters">
          <TraceFilterBar
            filters={filters}
            services={services.data?.map(({ service }) => service) ?? []}
            operations={operations.data ?? []}
            onChange={(change) => void setFilters(change as Parameters<typeof setFilters>[0])}
          />
        </Panel>
        <Panel title="Durations" note="stronger is more, red failed; drag to select time and duration">
          <QueryState
            query={heatmap}
            what="The durations"
            loading={<ChartSkeleton />}
            isEmpty={(buckets) => buckets.length === 0}
            empty={nothing}
          >
            {(buckets) => (
              <HeatmapChart
                buckets={buckets}
                range={range}
                onSelect={(selection) => {
                  setRange(selection.range);
                  void setFilters({ min: selection.minDurationMs, max: selection.maxDurationMs });
                }}
              />
            )}
          </QueryState>
        </Panel>
        <Panel
          title="Traces"
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
              <TraceTable traces={traces} sort={filters.sort} onSort={(sort) => void setFilters({ sort })} />
            )}
          </QueryState>
        </Panel>
      </div>
    </>
  );
}
