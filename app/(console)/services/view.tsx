'use client';

import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { ServiceTable } from '#components/service/service-table.tsx';
import { sortServices, type ServiceSort } from '#components/service/sort-services.ts';
import { summariseServices } from '#components/service/summarise-services.ts';
import { useTimeRange } from '#components/time-range/use-time-range.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { Empty } from '#components/ui/empty.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { servicesQuery } from './queries.ts';
import { servicesParams } from './search-params.ts';

export function ServicesView() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { window } = useTimeRange();
  const services = useQuery(servicesQuery(trpc, client, window));
  const [{ sort, dir }, setParams] = useQueryStates(servicesParams);

  function sortBy(next: ServiceSort) {
    // Names are read from the top, figures from the worst.
    const first = next === 'service' ? 'asc' : 'desc';
    const turned = dir === 'asc' ? 'desc' : 'asc';
    void setParams({ sort: next, dir: next === sort ? turned : first });
  }
  return (
    <>
      <PageHeader title="Services" lead={services.data ? summariseServices(services.data) : ' '} />
      <Panel label="Services">
        <QueryState
          query={services}
          what="The services"
          loading={<SkeletonRows rows={8} />}
          isEmpty={(all) => all.length === 0}
          empty={
            <Empty title="No service was seen in this time">
              Choose a longer time, or point an OpenTelemetry SDK at this console: set{' '}
              <code>OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318</code> and a service appears with its first span.
            </Empty>
          }
        >
          {(all) => (
            <ServiceTable services={sortServices(all, sort, dir)} sort={sort} direction={dir} onSort={sortBy} />
          )}
        </QueryState>
      </Panel>
    </>
  );
}
