'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { circuitId } from '#components/circuit/circuit-href.ts';
import { ChangesPanel } from '#components/overview/changes-panel.tsx';
import { DiagramPanel } from '#components/overview/diagram-panel.tsx';
import { OpenAlertsPanel } from '#components/overview/open-alerts-panel.tsx';
import { Headline } from '#components/overview/headline.tsx';
import { navQueries } from '#components/shell/nav-queries.ts';
import { DIAGRAM_WINDOW_MS, overviewQueries } from './queries.ts';
import { overviewParams } from './search-params.ts';

// Not needed for a first look, so not in the first load.
const BreakerSheet = dynamic(
  () => import('#components/circuit/breaker-sheet.tsx').then((module) => module.BreakerSheet),
  { ssr: false },
);

export function OverviewView() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = overviewQueries(trpc, client);
  const shared = navQueries(trpc);
  const topology = useQuery(queries.topology);
  const changes = useQuery(queries.changes);
  const circuits = useQuery(shared.circuits);
  const alerts = useQuery(shared.alerts);
  const [params, setParams] = useQueryStates(overviewParams, { history: 'push' });

  return (
    <>
      <Headline topology={topology} circuits={circuits} alerts={alerts} />
      <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-[minmax(0,7fr)_minmax(0,4fr)]">
        <DiagramPanel
          query={topology}
          windowMs={DIAGRAM_WINDOW_MS}
          view={params.view}
          onView={(view) => setParams({ view }, { history: 'replace' })}
          onBreaker={(breaker) => setParams({ breaker: circuitId(breaker) })}
        />
        <ChangesPanel query={changes} />
        <OpenAlertsPanel query={alerts} />
      </div>
      {params.breaker && <BreakerSheet id={params.breaker} onClose={() => setParams({ breaker: null })} />}
    </>
  );
}
