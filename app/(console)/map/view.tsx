'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { circuitHref } from '#components/circuit/circuit-href.ts';
import { DiagramLegend } from '#components/diagram/diagram-legend.tsx';
import { DiagramTable } from '#components/diagram/diagram-table.tsx';
import { ExplainButton } from '#components/explain/explain-button.tsx';
import { Moment } from '#components/format/moment.tsx';
import { formatInteger } from '#components/format/number.ts';
import { focusNames, focusTopology } from '#components/map/focus-topology.ts';
import { MapDiagram } from '#components/map/map-diagram.tsx';
import { useTimeRange } from '#components/time-range/use-time-range.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { Button } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Select } from '#components/ui/input.tsx';
import { OtlpUrl } from '#components/ui/otlp-url.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { mapQuery } from './queries.ts';
import { mapParams } from './search-params.ts';

const VIEWS: { value: 'diagram' | 'table'; label: string }[] = [
  { value: 'diagram', label: 'Diagram' },
  { value: 'table', label: 'Table' },
];

export function MapView() {
  const router = useRouter();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { window, range } = useTimeRange();
  const [{ service, view }, setParams] = useQueryStates(mapParams, { history: 'push' });
  const query = useQuery(mapQuery(trpc, client, window));
  const names = query.data ? focusNames(query.data) : [];
  const known = service && !names.includes(service) ? [service, ...names] : names;
  const openBreaker = (breaker: { reporter: string; name: string }) => router.push(circuitHref(breaker));

  return (
    <>
      <PageHeader
        title="Map"
        lead={
          query.data
            ? `${formatInteger(query.data.nodes.length)} nodes and ${formatInteger(query.data.edges.length)} lines between them, measured from spans.`
            : ' '
        }
      />
      <Panel
        title="Dependencies"
        note="callers stand left of what they call"
        actions={
          <>
            <Select
              aria-label="Focus on"
              className="w-40"
              value={service ?? ''}
              onChange={(event) => void setParams({ service: event.target.value || null })}
            >
              <option value="">The whole fleet</option>
              {known.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
            {/* On a phone it is a table either way. */}
            <span className="max-md:hidden">
              <Segmented
                label="Show as"
                value={view}
                options={VIEWS}
                onChange={(next) => void setParams({ view: next })}
              />
            </span>
            <ExplainButton what="the map" path="topology.get" input={{ range }} />
          </>
        }
      >
        <QueryState
          query={query}
          what="The map"
          loading={<SkeletonRows rows={12} />}
          isEmpty={({ nodes }) => nodes.length === 0}
          empty={
            <Empty title="Nothing called anything in this time">
              Choose a longer time, or send spans by OTLP to <OtlpUrl />.
            </Empty>
          }
        >
          {(topology) => {
            if (service && !names.includes(service)) {
              return (
                <Empty
                  title={`${service} was not seen in this time`}
                  action={<Button onClick={() => setParams({ service: null })}>Show the whole fleet</Button>}
                />
              );
            }
            const shown = focusTopology(topology, service);
            const table = <DiagramTable topology={shown} onBreaker={openBreaker} />;
            if (view === 'table') return table;
            return (
              <>
                <div className="bg-sunken px-4 py-4 max-md:hidden">
                  <MapDiagram topology={shown} />
                </div>
                <div className="md:hidden">{table}</div>
                <footer className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line px-4 py-2 max-md:hidden">
                  <DiagramLegend />
                  <p className="text-2xs text-ink-faint">
                    as of <Moment ms={topology.asOfMs} />
                  </p>
                </footer>
              </>
            );
          }}
        </QueryState>
      </Panel>
    </>
  );
}
