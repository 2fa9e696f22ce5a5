'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { variablesOf } from '#components/circuit/limits/describe-limits.ts';
import { LimitsForm } from '#components/circuit/limits/limits-form.tsx';
import { LimitsResult } from '#components/circuit/limits/limits-result.tsx';
import { LimitsSkeleton } from '#components/circuit/limits/limits-skeleton.tsx';
import { readChoice, writeChoice, type ChosenLimits } from '#components/circuit/limits/limits-draft.ts';
import { RefusalTable } from '#components/circuit/limits/refusal-table.tsx';
import { ranged } from '#components/time-range/ranged.ts';
import { useTimeRange } from '#components/time-range/use-time-range.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { buttonClass } from '#components/ui/button.tsx';
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
  const variables = variablesOf(chosen);

  return (
    <>
      <PageHeader
        title="Rate limits"
        lead="Who was refused by which limit, and what other limits would have refused, by the code that counts in the gateway."
        actions={
          <Link href="/circuits" className={buttonClass()}>
            Circuits
          </Link>
        }
      />
      <div className="flex flex-col gap-5">
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
              {variables.length > 0 && (
                <Panel title="To put them in force" bodyClassName="p-4">
                  <p className="mb-2 text-ink text-pretty">
                    Limits are the gateway’s environment. Start each gateway with:
                  </p>
                  <pre className="overflow-x-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs text-ink">
                    {variables.join('\n')}
                  </pre>
                </Panel>
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
