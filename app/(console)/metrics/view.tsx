'use client';

import { useQuery } from '@tanstack/react-query';
import { BookOpen, Plus } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import { ExampleList } from '#components/metrics/example-list.tsx';
import { MetricBrowser } from '#components/metrics/metric-browser.tsx';
import {
  addQuery,
  changeQuery,
  QUERIES_MAX,
  readQueries,
  removeQuery,
  writeQueries,
  type MetricQuery,
} from '#components/metrics/metric-queries.ts';
import { QueryPanel } from '#components/metrics/query-panel.tsx';
import { starterQuery } from '#components/metrics/starter-query.ts';
import { useTimeRange } from '#components/time-range/use-time-range.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { metricsParams } from './search-params.ts';

export function MetricsView() {
  const trpc = useTRPC();
  const time = useTimeRange();
  const [params, setParams] = useQueryStates(metricsParams, { history: 'push' });
  const [browsing, setBrowsing] = useState(false);
  const queries = readQueries(params);
  const names = useQuery(trpc.metrics.names.queryOptions());
  const known = useMemo(() => new Map(names.data?.map((metric) => [metric.name, metric])), [names.data]);
  const update = (next: readonly MetricQuery[]) => void setParams(writeQueries(next));
  const nothingAsked = queries.every(({ expr }) => expr === '');

  function describe(name: string) {
    const metric = known.get(name);
    return metric ? { title: `${name}${metric.type && ` · ${metric.type}`}`, text: metric.help } : null;
  }

  return (
    <>
      <PageHeader
        title="Metrics"
        lead="Every series, in the language of Prometheus."
        actions={
          <Button onClick={() => setBrowsing(true)}>
            <BookOpen size={14} aria-hidden /> Browse metrics
          </Button>
        }
      />
      <div className="flex flex-col gap-4">
        {queries.map((query, place) => (
          <QueryPanel
            key={place}
            place={place}
            query={query}
            time={time}
            describe={describe}
            onChange={(change) => update(changeQuery(queries, place, change))}
            onRemove={queries.length > 1 ? () => update(removeQuery(queries, place)) : undefined}
          />
        ))}
        <div className="flex flex-wrap items-center gap-3 text-xs text-ink-faint">
          <Button disabled={queries.length >= QUERIES_MAX} onClick={() => update(addQuery(queries, ''))}>
            <Plus size={14} aria-hidden /> Add a query
          </Button>
          <span className="flex items-center gap-1">
            <Kbd>Ctrl</Kbd> <Kbd>Enter</Kbd> runs
          </span>
        </div>
        {nothingAsked && (
          <Panel title="Examples" note="each works on the fleet that is shipped">
            <ExampleList onPick={(expr) => update(addQuery(queries, expr))} />
          </Panel>
        )}
      </div>
      {browsing && (
        <MetricBrowser
          names={names}
          onPick={(metric) => {
            update(addQuery(queries, starterQuery(metric)));
            setBrowsing(false);
          }}
          onClose={() => setBrowsing(false)}
        />
      )}
    </>
  );
}
