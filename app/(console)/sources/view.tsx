'use client';

import { useQuery } from '@tanstack/react-query';
import { useQueryState } from 'nuqs';
import type { SourcesReport } from '#server/sources/schema.ts';
import { formatBytes } from '#components/format/bytes.ts';
import { formatInteger } from '#components/format/number.ts';
import { RetentionPanel } from '#components/retention/retention-panel.tsx';
import { ForwardPanel } from '#components/source/forward-panel.tsx';
import { OwnCostPanel, RefusedPanel, StorePanel } from '#components/source/pipeline-panels.tsx';
import { SourceTable } from '#components/source/source-table.tsx';
import { useTRPC } from '#components/trpc/context.ts';
import { Empty } from '#components/ui/empty.tsx';
import { OtlpUrl } from '#components/ui/otlp-url.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { sourcesQuery } from './queries.ts';
import { sourcesParams } from './search-params.ts';

export function SourcesView() {
  const trpc = useTRPC();
  const sources = useQuery(sourcesQuery(trpc));
  const [keep, setKeep] = useQueryState('keep', sourcesParams.keep.withOptions({ history: 'push' }));
  const report = sources.data;
  return (
    <>
      <PageHeader title="Sources" lead={report ? lead(report) : ' '} />
      <Panel title="Senders" note={report ? `Rates over the last ${report.windowMs / 60_000} minutes` : undefined}>
        <QueryState
          query={sources}
          what="The sources"
          loading={<SkeletonRows rows={8} />}
          isEmpty={(data) => data.sources.length === 0}
          empty={
            <Empty title="Nobody sends anything yet">
              Set{' '}
              <code>
                OTEL_EXPORTER_OTLP_ENDPOINT=
                <OtlpUrl />
              </code>{' '}
              for a service with an OpenTelemetry SDK, or name its <code>/metrics</code> in{' '}
              <code>config/targets.yaml</code>.
            </Empty>
          }
        >
          {(data) => <SourceTable sources={data.sources} atMs={data.atMs} />}
        </QueryState>
      </Panel>
      <div className="mt-5">
        <RetentionPanel changing={keep} onChange={(signal) => void setKeep(signal)} />
      </div>
      {report && (
        <div className="mt-5 grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
          <StorePanel tables={report.tables} />
          <div className="flex flex-col gap-5">
            <RefusedPanel refused={report.refused} />
            {(report.forwarded.length > 0 || report.forwardWaiting.length > 0) && <ForwardPanel {...report} />}
            <OwnCostPanel own={report.own} />
          </div>
        </div>
      )}
    </>
  );
}

function lead({ sources, refused, walBytes, walSegments }: SourcesReport): string {
  const series = sources.reduce((sum, source) => sum + source.series, 0);
  const lost = refused.reduce((sum, { what, lastHour }) => sum + (what === 'items' ? lastHour : 0), 0);
  const waits =
    walBytes === null
      ? 'How much waits to be stored is not known: no collector was scraped lately.'
      : `${formatBytes(walBytes)} wait to be stored${walSegments ? ` in ${formatInteger(walSegments)} ${walSegments === 1 ? 'segment' : 'segments'}` : ''}.`;
  const refusals =
    lost === 0
      ? 'Nothing was refused in the last hour.'
      : `${formatInteger(lost)} items were refused in the last hour.`;
  return `${sources.length} senders with ${formatInteger(series)} series. ${refusals} ${waits}`;
}
