'use client';

import { useQuery } from '@tanstack/react-query';
import { debounce, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { ExplainButton } from '#components/explain/explain-button.tsx';
import { filterServices } from '#components/service/filter-services.ts';
import { SamplingNote } from '#components/service/sampling-note.tsx';
import { ServiceFilter } from '#components/service/service-filter.tsx';
import { ServiceTable } from '#components/service/service-table.tsx';
import { sortServices, type ServiceSort } from '#components/service/sort-services.ts';
import { summariseServices } from '#components/service/summarise-services.ts';
import { useTimeRange } from '#components/time-range/use-time-range.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { OtlpUrl } from '#components/ui/otlp-url.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { servicesQuery } from './queries.ts';
import { servicesParams } from './search-params.ts';

/** More than a screen holds, and as many rows as may be drawn while somebody types. */
const ROWS_MAX = 40;
/** The address follows when a hand rests: each change of it concerns every link of the frame. */
const ADDRESS_MS = 500;
/** Fewer are seen at a glance. */
const FILTER_FROM = 12;

export function ServicesView() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { window, range } = useTimeRange();
  const services = useQuery(servicesQuery(trpc, client, window));
  const [{ sort, dir, q, all: isWhole }, setParams] = useQueryStates(servicesParams);
  const sorted = useMemo(() => sortServices(services.data ?? [], sort, dir), [services.data, sort, dir]);

  function sortBy(next: ServiceSort) {
    // Names are read from the top, figures from the worst.
    const first = next === 'service' ? 'asc' : 'desc';
    const turned = dir === 'asc' ? 'desc' : 'asc';
    void setParams({ sort: next, dir: next === sort ? turned : first });
  }
  return (
    <>
      <PageHeader
        title="Services"
        lead={
          <>
            {services.data ? summariseServices(services.data) : '\u00a0'}
            <SamplingNote />
          </>
        }
      />
      <Panel
        title="Rate, errors and duration"
        label="Services"
        actions={<ExplainButton what="the services" path="services.list" input={{ range }} />}
      >
        <QueryState
          query={services}
          what="The services"
          loading={<SkeletonRows rows={8} />}
          isEmpty={(all) => all.length === 0}
          empty={
            <Empty title="No service was seen in this time">
              Choose a longer time, or point an OpenTelemetry SDK at this console: set{' '}
              <code>
                OTEL_EXPORTER_OTLP_ENDPOINT=
                <OtlpUrl />
              </code>{' '}
              and a service appears with its first span.
            </Empty>
          }
        >
          {(all) => {
            const found = filterServices(sorted, q);
            const shown = isWhole ? found : found.slice(0, ROWS_MAX);
            return (
              <>
                {(all.length >= FILTER_FROM || q !== '') && (
                  <ServiceFilter
                    text={q}
                    found={found.length}
                    of={all.length}
                    onChange={(text) => void setParams({ q: text || null }, { limitUrlUpdates: debounce(ADDRESS_MS) })}
                  />
                )}
                {found.length === 0 ? (
                  <Empty title="No service is called that">Fewer letters find more.</Empty>
                ) : (
                  <ServiceTable services={shown} sort={sort} direction={dir} onSort={sortBy} />
                )}
                {shown.length < found.length && (
                  <p className="flex items-center gap-3 border-t border-line px-4 py-2 text-ink-muted">
                    The first {shown.length} of {found.length}.
                    <Button size="sm" onClick={() => void setParams({ all: true })}>
                      Show all
                    </Button>
                  </p>
                )}
              </>
            );
          }}
        </QueryState>
      </Panel>
    </>
  );
}
