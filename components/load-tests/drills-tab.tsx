'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { LIVE } from '#components/live/recent.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Empty } from '#components/ui/empty.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { DrillHistory } from './drill-history.tsx';
import { DrillReport } from './drill-report.tsx';
import { DrillStart } from './drill-start.tsx';
import { StopButton } from './stop-button.tsx';
import { TestBadge } from './test-badge.tsx';

const RUNNING_MS = 1_000;

interface DrillsTabProps {
  drill: string | null;
  /** True while a load test runs: one at a time. */
  isTesting: boolean;
  onChange: (drill: string) => void;
}

/** Break something on purpose, watch who notices, keep the answers. */
export function DrillsTab({ drill: chosen, isTesting, onChange }: DrillsTabProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const overview = useQuery({ ...trpc.drills.list.queryOptions(), meta: LIVE });
  const shown = chosen ?? overview.data?.runningId ?? overview.data?.drills[0]?.id ?? null;
  const drill = useQuery({
    ...trpc.drills.get.queryOptions({ id: shown ?? '' }),
    enabled: shown !== null,
    refetchInterval: ({ state }) =>
      state.data?.status === 'running' || state.data?.isFaulty === true ? RUNNING_MS : false,
  });
  const stop = useMutation(
    trpc.drills.stop.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.drills.pathFilter()) }),
  );
  const isRunning = overview.data?.runningId != null || drill.data?.status === 'running';

  return (
    <div className="flex flex-col gap-5">
      <Panel title="New drill">
        <QueryState query={overview} what="The drills" loading={<SkeletonRows rows={4} />}>
          {({ scenarios, target, whyNot }) =>
            whyNot ? (
              <Empty title="No drill can be started here">{whyNot}</Empty>
            ) : (
              <DrillStart scenarios={scenarios} target={target} isBusy={isRunning || isTesting} onStarted={onChange} />
            )
          }
        </QueryState>
      </Panel>
      {shown !== null && (
        <QueryState query={drill} what="The drill" loading={<SkeletonRows rows={8} />}>
          {(data) => (
            <Panel
              title={data.title}
              label="Drill"
              note={`${data.faultSeconds} s of fault in ${data.service}, ${data.workers} shoppers, by ${data.actor}`}
              actions={
                data.status === 'running' ? (
                  <StopButton
                    isStopping={data.isStopping || stop.isPending}
                    error={stop.error}
                    onStop={() => stop.mutate({ id: data.id })}
                  />
                ) : (
                  <TestBadge status={data.status} />
                )
              }
            >
              <DrillReport drill={data} />
            </Panel>
          )}
        </QueryState>
      )}
      <Panel title="History" note="kept for 90 days">
        <QueryState
          query={overview}
          what="The history"
          loading={<SkeletonRows rows={4} />}
          isEmpty={({ drills }) => drills.length === 0}
          empty={<Empty title="No drill yet">A watch that was never tried is a hope. Start with payments.</Empty>}
        >
          {({ drills }) => <DrillHistory drills={drills} shown={shown} onShow={onChange} />}
        </QueryState>
      </Panel>
    </div>
  );
}
