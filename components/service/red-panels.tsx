'use client';

import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import type { RedPoint, RedSeries } from '#server/services/schema.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { ChartSkeleton } from '#components/chart/chart-skeleton.tsx';
import type { ChartMarker } from '#components/chart/chart-marker.ts';
import type { ChartSeries } from '#components/chart/prepare-time-chart.ts';
import { TimeChart } from '#components/chart/time-chart.tsx';
import type { Unit } from '#components/chart/unit.ts';
import { ExplainButton } from '#components/explain/explain-button.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState, type QueryLike } from '#components/ui/query-state.tsx';
import { DURATION, ERRORS, RATE, RED_BUCKETS } from './red-series.ts';
import { tracesHref } from './service-href.ts';

interface RedPanelsProps {
  service: string;
  query: QueryLike<RedSeries>;
  range: TimeRange;
  onZoom: (range: TimeRange) => void;
  /** Deploys. */
  markers: readonly ChartMarker[];
  /** What the breakers did, under the charts that they have a hand in. */
  bands: ReactNode;
}

interface PanelSpec {
  title: string;
  unit: Unit;
  series: readonly ChartSeries<RedPoint>[];
  /** True where an open breaker shows in the figures. */
  hasBands: boolean;
  /** What a click looks for. */
  pick: { label: string; filters: { status?: 'error'; sort?: 'slowest' } };
}

const PANELS: readonly PanelSpec[] = [
  { title: 'Requests', unit: 'rate', series: RATE, hasBands: false, pick: { label: 'traces', filters: {} } },
  {
    title: 'Errors',
    unit: 'ratio',
    series: ERRORS,
    hasBands: true,
    pick: { label: 'failed traces', filters: { status: 'error' } },
  },
  {
    title: 'Duration',
    unit: 'duration',
    series: DURATION,
    hasBands: true,
    pick: { label: 'slow traces', filters: { sort: 'slowest' } },
  },
];

/** Rate, errors and duration over the shared range; a point leads to the traces it was measured from. */
export function RedPanels({ service, query, range, onZoom, markers, bands }: RedPanelsProps) {
  const router = useRouter();
  return (
    <div className="grid grid-cols-1 gap-5 lg:grid-cols-2 2xl:grid-cols-3">
      {PANELS.map(({ title, unit, series, pick, hasBands }, index) => (
        <Panel
          key={title}
          title={title}
          className={index === 2 ? 'lg:col-span-2 2xl:col-span-1' : ''}
          actions={
            <ExplainButton what={title} path="services.series" input={{ service, range, buckets: RED_BUCKETS }} />
          }
        >
          <QueryState query={query} what={title} loading={<ChartSkeleton />}>
            {(data) => (
              <TimeChart
                label={`${title} of ${service}`}
                points={data.points}
                stepMs={data.stepMs}
                range={range}
                unit={unit}
                series={series}
                onZoom={onZoom}
                onPick={(bucket) => router.push(tracesHref({ service, range: bucket, ...pick.filters }))}
                pickLabel={pick.label}
                markers={markers}
                below={hasBands && bands}
              />
            )}
          </QueryState>
        </Panel>
      ))}
    </div>
  );
}
