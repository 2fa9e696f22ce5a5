'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useQueryState } from 'nuqs';
import { useState } from 'react';
import type { OperationResult } from '#server/gateway/schema.ts';
import { AppliedNote } from '#components/gateway/applied-note.tsx';
import { gatewayLead } from '#components/gateway/describe-gateway.ts';
import { GatewaySkeleton } from '#components/gateway/gateway-skeleton.tsx';
import { GatewayTable } from '#components/gateway/gateway-table.tsx';
import { LimitTable } from '#components/gateway/limit-table.tsx';
import { RouteTable } from '#components/gateway/route-table.tsx';
import { SettingsTable } from '#components/gateway/settings-table.tsx';
import { useGatewayChange } from '#components/gateway/use-gateway-change.ts';
import { VersionList } from '#components/gateway/version-list.tsx';
import { useTRPC } from '#components/trpc/context.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { configurationQuery, versionsQuery } from './queries.ts';
import { gatewayParams } from './search-params.ts';

const RouteDialog = dynamic(() => import('#components/gateway/route-dialog.tsx').then((module) => module.RouteDialog), {
  ssr: false,
});

export function GatewayView() {
  const trpc = useTRPC();
  const configuration = useQuery(configurationQuery(trpc));
  const versions = useQuery(versionsQuery(trpc));
  const [route, setRoute] = useQueryState('route', gatewayParams.route.withOptions({ history: 'push' }));
  const [applied, setApplied] = useState<OperationResult | null>(null);
  const restore = useGatewayChange();
  const isOperable = configuration.data?.whyNot === '';

  return (
    <>
      <PageHeader title="Gateway" lead={configuration.data ? gatewayLead(configuration.data) : ' '} />
      <div className="flex flex-col gap-5">
        <AppliedNote result={applied} />
        <QueryState
          query={configuration}
          what="The gateway’s configuration"
          loading={<GatewaySkeleton />}
          isEmpty={({ gateways }) => gateways.length === 0}
          empty={
            <Panel title="Gateways">
              <Empty title="No gateway takes orders here">
                Name the admin ports of yours in <code>GATEWAY_ADMIN_URLS</code>, or start the shipped one.
              </Empty>
            </Panel>
          }
        >
          {({ gateways, inForce }) => (
            <>
              <Panel title="Gateways" note={inForce?.isShared ? 'they count together' : undefined}>
                <GatewayTable gateways={gateways} />
              </Panel>
              {inForce && (
                <>
                  <Panel title="Routes">
                    <RouteTable
                      routes={inForce.routes}
                      isOperable={isOperable}
                      onChange={(segment) => void setRoute(segment)}
                    />
                  </Panel>
                  <div className="grid grid-cols-1 items-start gap-5 2xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
                    <Panel
                      title="Limits"
                      actions={
                        <Link href="/circuits/limits" className={buttonClass('secondary', 'sm')}>
                          Try others
                        </Link>
                      }
                    >
                      <LimitTable limits={inForce.limits} />
                    </Panel>
                    <Panel title="Breakers" note="settings in force; each is tuned on a page of its own">
                      <SettingsTable {...inForce} />
                    </Panel>
                  </div>
                </>
              )}
            </>
          )}
        </QueryState>
        <Panel title="Versions" note="of all that is wanted of the gateways, newest first">
          <QueryState query={versions} what="The versions" loading={<SkeletonRows rows={3} />}>
            {(all) => <VersionList versions={all} change={restore} isOperable={isOperable} onDone={setApplied} />}
          </QueryState>
        </Panel>
      </div>
      {route && configuration.data && (
        <RouteDialog
          key={route}
          segment={route}
          configuration={configuration.data}
          onClose={() => void setRoute(null)}
          onDone={(result) => {
            setApplied(result);
            void setRoute(null);
          }}
        />
      )}
    </>
  );
}
