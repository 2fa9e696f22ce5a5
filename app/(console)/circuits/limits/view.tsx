'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { ApplyLimits } from '#components/circuit/limits/apply-limits.tsx';
import { LimitsForm } from '#components/circuit/limits/limits-form.tsx';
import { LimitsResult } from '#components/circuit/limits/limits-result.tsx';
import { LimitsSkeleton } from '#components/circuit/limits/limits-skeleton.tsx';
import { readChoice, writeChoice, type ChosenLimits } from '#components/circuit/limits/limits-draft.ts';
import { RefusalTable } from '#components/circuit/limits/refusal-table.tsx';
import { AppliedNote } from '#components/gateway/applied-note.tsx';
import { useGatewayChange } from '#components/gateway/use-gateway-change.ts';
import { LIVE } from '#components/live/recent.ts';
import { ranged } from '#components/time-range/ranged.ts';
import { useTimeRange } from '#components/time-range/use-time-range.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { Failed } from '#components/ui/failed.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { limitsParams } from './search-params.ts';

export function LimitsView() {
  const [{ set }, setParams] = useQueryStates(limitsParams, { history: 'push' });
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { window } = useTimeRange();
  const chosen = readChoice(set);
  const hasCandidate = Object.keys(chosen).length > 0;
  const replay = useQuery({
    ...ranged(trpc.limits.replay.pathKey(), window, { set }, (range, signal) =>
      client.limits.replay.query({ range, tiers: chosen }, { signal }),
    ),
    // What is compared stands still until somebody asks again.
    meta: undefined,
    staleTime: Infinity,
  });
  const choose = (next: ChosenLimits) => {
    const text = writeChoice(next);
    if (text === set) void replay.refetch();
    else void setParams({ set: text });
  };
  const configuration = useQuery({ ...trpc.gateway.configuration.queryOptions(), meta: LIVE });
  const change = useGatewayChange();

  return (
    <>
      <PageHeader
        title="Rate limits"
        lead="Who was refused by which limit, and what other limits would have refused, by the code that counts in the gateway."
        actions={
          <>
            <Link href="/gateway" className={buttonClass()}>
              Gateway
            </Link>
            <Link href="/circuits" className={buttonClass()}>
              Circuits
            </Link>
          </>
        }
      />
      <div className="flex flex-col gap-5">
        <AppliedNote result={change.data} />
        <QueryState query={replay} what="The replay" loading={<LimitsSkeleton />}>
          {(answer) => (
            <>
              <Panel title="Limits">
                <LimitsForm
                  // Another address begins the fields anew.
                  key={set}
                  tiers={answer.tiers}
                  chosen={chosen}
                  isBusy={replay.isFetching}
                  onReplay={choose}
                />
              </Panel>
              <Panel title="Replay">
                <LimitsResult replay={answer} hasCandidate={hasCandidate} />
              </Panel>
              {hasCandidate && configuration.data && (
                <ApplyLimits
                  chosen={chosen}
                  configuration={configuration.data}
                  change={change}
                  onDone={() => void setParams({ set: null })}
                />
              )}
              {hasCandidate && configuration.isError && (
                <Failed
                  what="What is in force"
                  error={configuration.error}
                  retry={() => void configuration.refetch()}
                />
              )}
              {answer.routes.length > 0 && (
                <div className="grid grid-cols-1 gap-5 xl:grid-cols-2">
                  <Panel title="Routes" note="where somebody was or would be refused">
                    <RefusalTable what="Route" hasCandidate={hasCandidate} rows={answer.routes.map(named)} />
                  </Panel>
                  <Panel title="Clients" note="by the address whose budget it is">
                    <RefusalTable what="Client" hasCandidate={hasCandidate} rows={answer.clients.map(named)} />
                  </Panel>
                </div>
              )}
            </>
          )}
        </QueryState>
      </div>
    </>
  );
}

function named<T extends { name: string }>(row: T) {
  return { ...row, key: row.name, label: row.name || 'no route' };
}
