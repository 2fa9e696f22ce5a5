'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import type { Endpoint } from '#server/services/schema.ts';
import { ChartSkeleton } from '#components/chart/chart-skeleton.tsx';
import { HeatmapChart } from '#components/chart/heatmap-chart.tsx';
import { ExplainButton } from '#components/explain/explain-button.tsx';
import { tracesHref } from '#components/service/service-href.ts';
import { SlowList } from '#components/service/slow-list.tsx';
import { useTimeRange } from '#components/time-range/use-time-range.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { Empty } from '#components/ui/empty.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { slowQueries } from '../queries.ts';

interface SlowPanelsProps {
  service: string;
  endpoints: readonly Endpoint[];
  /** What the breakers did, in the frame of the heat map. */
  bands: ReactNode;
}

/** How long things take: every trace through the service as a heat map that leads to them, and its slowest requests. */
export function SlowPanels({ service, endpoints, bands }: SlowPanelsProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const { window, range } = useTimeRange();
  const queries = slowQueries(trpc, client, window, service);
  const heatmap = useQuery(queries.heatmap);
  const slow = useQuery(queries.slowRequests);
  return (
    <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
      <Panel
        title={`Traces through ${service}`}
        note="stronger is more, red failed; drag to see them"
        actions={<ExplainButton what="the durations" path="traces.heatmap" input={{ service, range }} />}
      >
        <QueryState
          query={heatmap}
          what="The durations"
          loading={<ChartSkeleton />}
          isEmpty={(buckets) => buckets.length === 0}
          empty={<Empty title="No trace in this time">Choose a longer time to see older calls.</Empty>}
        >
          {(buckets) => (
            <HeatmapChart
              buckets={buckets}
              range={range}
              below={bands}
              onSelect={({ range: selected, minDurationMs, maxDurationMs }) =>
                router.push(
                  tracesHref({
                    service,
                    range: selected,
                    min: minDurationMs ?? undefined,
                    max: maxDurationMs ?? undefined,
                  }),
                )
              }
            />
          )}
        </QueryState>
      </Panel>
      <Panel title="Slow requests" note="the slowest of this time">
        <QueryState
          query={slow}
          what="The slow requests"
          loading={<SkeletonRows rows={6} />}
          isEmpty={(all) => all.length === 0}
          empty={<Empty title="Nothing was served in this time" />}
        >
          {(all) => <SlowList requests={all} endpoints={endpoints} />}
        </QueryState>
      </Panel>
    </div>
  );
}
