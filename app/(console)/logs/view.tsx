'use client';

import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { ChartSkeleton } from '#components/chart/chart-skeleton.tsx';
import { LogFacets } from '#components/log/log-facets.tsx';
import { LogFilterBar } from '#components/log/log-filter-bar.tsx';
import {
  countLogFilters,
  FIELDS_MAX,
  NO_LOG_FILTERS,
  toLogInput,
  type LogFilterChange,
} from '#components/log/log-filters.ts';
import { ExplainButton } from '#components/explain/explain-button.tsx';
import { LogHistogram } from '#components/log/log-histogram.tsx';
import { LogPanel } from '#components/log/log-panel.tsx';
import { useTimeRange } from '#components/time-range/use-time-range.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { OtlpUrl } from '#components/ui/otlp-url.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { LINES_MAX, logsQueries } from './queries.ts';
import { logsParams } from './search-params.ts';

export function LogsView() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { window, range, live, setRange } = useTimeRange();
  const [{ line, ...filters }, setParams] = useQueryStates(logsParams, { history: 'push' });
  const queries = logsQueries(trpc, client, window, filters);
  const lines = useQuery(queries.lines);
  const histogram = useQuery(queries.histogram);
  const facets = useQuery(queries.facets);
  const services = useQuery(queries.services);
  const filtered = countLogFilters(filters) > 0;

  const change = (next: LogFilterChange) => void setParams({ ...next, line: null } as Parameters<typeof setParams>[0]);
  const open = (id: string | null) => void setParams({ line: id }, { history: 'replace' });
  function addField(text: string) {
    if (filters.field.length < FIELDS_MAX) change({ field: [...new Set([...filters.field, text])] });
  }
  const nothing = (
    <Empty
      title={filtered ? 'No line matches' : 'Nothing was logged in this time'}
      action={filtered && <Button onClick={() => change(NO_LOG_FILTERS)}>Clear filters</Button>}
    >
      {filtered ? (
        'Loosen the filters, or choose a longer time.'
      ) : (
        <>
          Choose a longer time, or send logs by OTLP to <OtlpUrl path="/v1/logs" />.
        </>
      )}
    </Empty>
  );

  return (
    <>
      <PageHeader title="Logs" lead="What all services wrote, joined with their traces." />
      <div className="flex flex-col gap-5">
        <Panel label="Filters">
          <LogFilterBar
            filters={filters}
            services={services.data?.map(({ service }) => service) ?? []}
            onChange={change}
          />
        </Panel>
        <Panel
          title="Lines over time"
          note="drag to zoom"
          actions={
            <ExplainButton what="Lines over time" path="logs.histogram" input={{ ...toLogInput(filters), range }} />
          }
        >
          <QueryState query={histogram} what="The counts" loading={<ChartSkeleton />}>
            {(data) => <LogHistogram histogram={data} range={range} onZoom={setRange} />}
          </QueryState>
        </Panel>
        <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-[232px_minmax(0,1fr)]">
          <Panel title="Fields" className="max-xl:order-last">
            <QueryState
              query={facets}
              what="The fields"
              loading={<SkeletonRows rows={8} />}
              isEmpty={(all) => all.length === 0}
              empty={<p className="px-4 py-3 text-xs text-ink-faint">none</p>}
            >
              {(all) => <LogFacets facets={all} filters={filters} onChange={change} />}
            </QueryState>
          </Panel>
          <QueryState
            query={lines}
            what="The lines"
            loading={
              <Panel title="Lines">
                <SkeletonRows rows={16} />
              </Panel>
            }
            isEmpty={(all) => all.length === 0}
            empty={<Panel title="Lines">{nothing}</Panel>}
          >
            {(all) => (
              <LogPanel
                // Held lines belong to one question.
                key={JSON.stringify([window, toLogInput(filters)])}
                lines={all}
                live={live}
                truncated={all.length >= LINES_MAX}
                onOlder={() => setRange({ fromMs: range.fromMs, toMs: (all.at(-1)?.tMs ?? range.toMs) + 1 })}
                openId={line}
                onOpen={open}
                onFilter={addField}
              />
            )}
          </QueryState>
        </div>
      </div>
    </>
  );
}
