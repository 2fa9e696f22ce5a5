'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { BreakerList } from '#components/circuit/breaker-list.tsx';
import { ExplainButton } from '#components/explain/explain-button.tsx';
import { LogList } from '#components/log/log-list.tsx';
import { CircuitBands } from '#components/service/circuit-bands.tsx';
import { dependencies } from '#components/service/dependencies.ts';
import { DependencyList } from '#components/service/dependency-list.tsx';
import { DeployList } from '#components/service/deploy-list.tsx';
import { deployMarkers } from '#components/service/deploy-markers.ts';
import { EndpointTable } from '#components/service/endpoint-table.tsx';
import { ErrorList } from '#components/service/error-list.tsx';
import { InstanceTable } from '#components/service/instance-table.tsx';
import { RedPanels } from '#components/service/red-panels.tsx';
import { tracesHref } from '#components/service/service-href.ts';
import { SamplingNote } from '#components/service/sampling-note.tsx';
import { ServiceLead } from '#components/service/service-lead.tsx';
import { navQueries } from '#components/shell/nav-queries.ts';
import { useTimeRange } from '#components/time-range/use-time-range.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { Empty } from '#components/ui/empty.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { serviceQueries } from '../queries.ts';
import { SlowPanels } from './slow-panels.tsx';

export function ServiceView({ service }: { service: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { window, range, live, setRange } = useTimeRange();
  const queries = serviceQueries(trpc, client, window, service);
  const series = useQuery(queries.series);
  const endpoints = useQuery(queries.endpoints);
  const instances = useQuery(queries.instances);
  const errors = useQuery(queries.errors);
  const deploys = useQuery(queries.deploys);
  const transitions = useQuery(queries.transitions);
  const topology = useQuery(queries.topology);
  const logs = useQuery(queries.logs);
  const circuits = useQuery(navQueries(trpc).circuits);
  const alerts = useQuery(navQueries(trpc).alerts);
  const fixedRange = live ? undefined : range;
  const isOwn = (circuit: { name: string; reporter: string }) =>
    circuit.name === service || circuit.reporter === service;
  const markers = useMemo(() => deployMarkers(deploys.data ?? []), [deploys.data]);
  const guards = (circuits.data ?? []).filter(({ name }) => name === service);
  const bands = guards.length > 0 && (
    <CircuitBands circuits={guards} transitions={transitions.data ?? []} range={range} />
  );

  return (
    <>
      <nav aria-label="Where you are" className="mb-2 text-xs text-ink-faint">
        <TextLink href="/services">Services</TextLink> / {service}
      </nav>
      <PageHeader
        title={service}
        lead={
          <>
            <ServiceLead
              node={topology.data?.nodes.find(({ name, kind }) => name === service && kind !== 'database')}
              circuits={circuits.data ?? []}
              alerts={alerts.data ?? []}
            />
            <SamplingNote service={service} />
          </>
        }
        actions={
          <>
            <TextLink href={tracesHref({ service, range: fixedRange })}>Traces</TextLink>
            <TextLink href={tracesHref({ service, status: 'error', range: fixedRange })}>Failed traces</TextLink>
          </>
        }
      />
      <div className="flex flex-col gap-5">
        <RedPanels service={service} query={series} range={range} onZoom={setRange} markers={markers} bands={bands} />
        <SlowPanels service={service} endpoints={endpoints.data ?? []} bands={bands} />
        <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="flex min-w-0 flex-col gap-5">
            <Panel
              title="Operations"
              actions={<ExplainButton what="the operations" path="services.endpoints" input={{ service, range }} />}
            >
              <QueryState
                query={endpoints}
                what="The operations"
                loading={<SkeletonRows rows={5} />}
                isEmpty={(all) => all.length === 0}
                empty={<Empty title="Nothing was served in this time">Choose a longer time to see older calls.</Empty>}
              >
                {(all) => <EndpointTable service={service} endpoints={all} fixedRange={fixedRange} />}
              </QueryState>
            </Panel>
            <Panel title="Dependencies">
              <QueryState query={topology} what="The dependencies" loading={<SkeletonRows rows={5} />}>
                {(data) => {
                  const { callers, callees } = dependencies(data, service);
                  return (
                    <>
                      <DependencyList title="Called by" dependencies={callers} />
                      <div className="border-t border-line" />
                      <DependencyList title="Calls" dependencies={callees} />
                    </>
                  );
                }}
              </QueryState>
            </Panel>
            <Panel title="Instances">
              <QueryState
                query={instances}
                what="The instances"
                loading={<SkeletonRows rows={2} />}
                isEmpty={(all) => all.length === 0}
                empty={<Empty title="No instance was seen in this time" />}
              >
                {(all) => <InstanceTable instances={all} />}
              </QueryState>
            </Panel>
          </div>
          <div className="flex min-w-0 flex-col gap-5">
            <Panel title="Deploys" note="the half hour after against the half hour before">
              <QueryState
                query={deploys}
                what="The deploys"
                loading={<SkeletonRows rows={2} />}
                isEmpty={(all) => all.length === 0}
                empty={
                  <Empty title="No deploy in this time">
                    A new <code>service.version</code> in its spans shows here by itself; pipelines may{' '}
                    <code>POST /api/deploys</code> with service and version.
                  </Empty>
                }
              >
                {(all) => <DeployList deploys={all} />}
              </QueryState>
            </Panel>
            <Panel title="Recent errors">
              <QueryState
                query={errors}
                what="The errors"
                loading={<SkeletonRows rows={5} />}
                isEmpty={(all) => all.length === 0}
                empty={<Empty title="Nothing failed in this time" />}
              >
                {(all) => <ErrorList errors={all} />}
              </QueryState>
            </Panel>
            <Panel title="Breakers">
              <QueryState
                query={circuits}
                what="The breakers"
                loading={<SkeletonRows rows={2} />}
                isEmpty={(all) => !all.some(isOwn)}
                empty={<Empty title="No breaker guards this service" />}
              >
                {(all) => <BreakerList circuits={all.filter(isOwn)} />}
              </QueryState>
            </Panel>
          </div>
        </div>
        <Panel title="Logs" note={logs.data && logs.data.length > 0 ? `the newest ${logs.data.length}` : undefined}>
          <QueryState
            query={logs}
            what="The logs"
            loading={<SkeletonRows rows={8} />}
            isEmpty={(lines) => lines.length === 0}
            empty={
              <Empty title="It logged nothing in this time">Logs arrive by OTLP, with the trace they belong to.</Empty>
            }
          >
            {(lines) => <LogList lines={lines} hide={['service']} className="max-h-[420px]" />}
          </QueryState>
        </Panel>
      </div>
    </>
  );
}
