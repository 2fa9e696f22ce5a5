'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import type { Circuit } from '#server/circuits/schema.ts';
import { circuitId } from '#components/circuit/circuit-href.ts';
import { circuitLead } from '#components/circuit/circuit-lead.ts';
import { byUrgency } from '#components/circuit/circuit-state.ts';
import { CircuitTable } from '#components/circuit/circuit-table.tsx';
import { CircuitTiles } from '#components/circuit/circuit-tiles.tsx';
import { CircuitTimeline } from '#components/circuit/circuit-timeline.tsx';
import { EffortTable } from '#components/circuit/effort-table.tsx';
import { TransitionList } from '#components/circuit/transition-list.tsx';
import { ExplainButton } from '#components/explain/explain-button.tsx';
import { formatSpan } from '#components/format/duration.ts';
import { navQueries } from '#components/shell/nav-queries.ts';
import { useTimeRange } from '#components/time-range/use-time-range.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { shownEfforts, shownTransitions, TRANSITIONS_MAX } from './queries.ts';
import { circuitsParams } from './search-params.ts';

const BreakerSheet = dynamic(
  () => import('#components/circuit/breaker-sheet.tsx').then((module) => module.BreakerSheet),
  { ssr: false },
);

export function CircuitsView() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const circuits = useQuery(navQueries(trpc).circuits);
  const { window, range } = useTimeRange();
  const transitions = useQuery(shownTransitions(trpc, client, window));
  const efforts = useQuery(shownEfforts(trpc, client, window));
  const [{ breaker }, setParams] = useQueryStates(circuitsParams, { history: 'push' });
  const select = (circuit: Circuit) => setParams({ breaker: circuitId(circuit) });

  const read = efforts.data?.range;

  return (
    <>
      <PageHeader
        title="Circuits"
        lead={circuits.data ? circuitLead(circuits.data) : ' '}
        actions={
          <Link href="/circuits/limits" className={buttonClass()}>
            Rate limits
          </Link>
        }
      />
      <div className="flex flex-col gap-5">
        <Panel title="Breakers" note="figures of the last minute">
          <QueryState
            query={circuits}
            what="The breakers"
            loading={<SkeletonRows rows={7} />}
            isEmpty={(all) => all.length === 0}
            empty={
              <Empty title="No breaker has been reported">
                A service reports its breakers by log events named <code>switchyard.circuit.transition</code>, or by
                answering <code>GET /api/health/circuits</code>.
              </Empty>
            }
          >
            {(all) => {
              const sorted = all.toSorted(byUrgency);
              return (
                <>
                  <div className="max-md:hidden">
                    <CircuitTable circuits={sorted} selected={breaker} onSelect={select} />
                  </div>
                  <div className="md:hidden">
                    <CircuitTiles circuits={sorted} onSelect={select} />
                  </div>
                </>
              );
            }}
          </QueryState>
        </Panel>
        <Panel
          title="Timeline"
          actions={
            <ExplainButton what="the timeline" path="circuits.transitions" input={{ range, limit: TRANSITIONS_MAX }} />
          }
        >
          <QueryState
            query={transitions}
            what="The timeline"
            loading={<SkeletonRows rows={7} />}
            isEmpty={() => circuits.data?.length === 0}
            empty={
              <Empty title="Nothing to draw yet">Each breaker that is reported gets a band of its states here.</Empty>
            }
          >
            {(moves) => (
              <CircuitTimeline
                circuits={(circuits.data ?? []).toSorted(byUrgency)}
                transitions={moves}
                range={range}
                selected={breaker}
                onSelect={select}
              />
            )}
          </QueryState>
        </Panel>
        <Panel
          title="Retries and wasted work"
          note={read && `between services, over ${formatSpan(read.toMs - read.fromMs)}`}
          actions={<ExplainButton what="retries and wasted work" path="circuits.efforts" input={{ range }} />}
        >
          <QueryState
            query={efforts}
            what="Retries and wasted work"
            loading={<SkeletonRows rows={5} />}
            isEmpty={({ edges }) => edges.length === 0}
            empty={
              <Empty title="No call between services">
                Client spans that name whom they call by <code>peer.service</code> are counted here.
              </Empty>
            }
          >
            {({ edges, retryBudget }) => <EffortTable edges={edges} retryBudget={retryBudget} />}
          </QueryState>
        </Panel>
        <Panel
          title="Transitions"
          note={transitions.data?.length === TRANSITIONS_MAX ? `the newest ${TRANSITIONS_MAX}` : undefined}
        >
          <QueryState
            query={transitions}
            what="The transitions"
            loading={<SkeletonRows rows={5} />}
            isEmpty={(moves) => moves.length === 0}
            empty={<Empty title="No breaker moved">Choose a longer time to see older transitions.</Empty>}
          >
            {(moves) => <TransitionList transitions={moves} />}
          </QueryState>
        </Panel>
      </div>
      {breaker && <BreakerSheet id={breaker} onClose={() => setParams({ breaker: null })} />}
    </>
  );
}
