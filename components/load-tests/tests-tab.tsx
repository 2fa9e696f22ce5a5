'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { LIVE } from '#components/live/recent.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Empty } from '#components/ui/empty.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { CompareTable } from './compare-table.tsx';
import { StartForm } from './start-form.tsx';
import { StopButton } from './stop-button.tsx';
import { TestBadge } from './test-badge.tsx';
import { TestHistory } from './test-history.tsx';
import { TestPanel, TestReport } from './test-report.tsx';

/** What runs is asked for as often as it says something new. */
const RUNNING_MS = 1_000;

interface TestsTabProps {
  test: string | null;
  other: string | null;
  /** True while a drill runs: one at a time. */
  isDrilling: boolean;
  onChange: (params: { test?: string | null; with?: string | null }) => void;
}

/** Start one, watch it, judge it, hold it against others. */
export function TestsTab({ test: chosen, other, isDrilling, onChange }: TestsTabProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const overview = useQuery({ ...trpc.loadTests.list.queryOptions(), meta: LIVE });
  const shown = chosen ?? overview.data?.runningId ?? overview.data?.tests[0]?.id ?? null;
  const test = useQuery({
    ...trpc.loadTests.get.queryOptions({ id: shown ?? '' }),
    enabled: shown !== null,
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? RUNNING_MS : false),
  });
  const compared = useQuery({ ...trpc.loadTests.get.queryOptions({ id: other ?? '' }), enabled: other !== null });
  const stop = useMutation(
    trpc.loadTests.stop.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.loadTests.pathFilter()),
    }),
  );
  const isRunning = overview.data?.runningId != null || test.data?.status === 'running';

  return (
    <div className="flex flex-col gap-5">
      <Panel title="New test">
        <QueryState query={overview} what="The load tests" loading={<SkeletonRows rows={2} />}>
          {({ target, whyNot }) =>
            whyNot ? (
              <Empty title="No test can be started here">{whyNot}</Empty>
            ) : (
              <StartForm
                target={target}
                isBusy={isRunning || isDrilling}
                onStarted={(id) => onChange({ test: id, with: null })}
              />
            )
          }
        </QueryState>
      </Panel>
      {shown !== null && (
        <QueryState query={test} what="The test" loading={<SkeletonRows rows={8} />}>
          {(data) => (
            <TestPanel
              test={data}
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
              <TestReport test={data} />
            </TestPanel>
          )}
        </QueryState>
      )}
      {other !== null && test.data && (
        <Panel title="Compared" note="the earlier choice on the left; changes under 10 % are noise">
          <QueryState query={compared} what="The other test" loading={<SkeletonRows rows={8} />}>
            {(data) => <CompareTable shown={test.data} other={data} />}
          </QueryState>
        </Panel>
      )}
      <Panel title="History" note="kept for 90 days">
        <QueryState
          query={overview}
          what="The history"
          loading={<SkeletonRows rows={4} />}
          isEmpty={({ tests }) => tests.length === 0}
          empty={
            <Empty title="No load test yet">
              Start one above, or in a terminal: <code>npm run loadtest -- 20 60</code>
            </Empty>
          }
        >
          {({ tests }) => (
            <TestHistory
              tests={tests}
              shown={shown}
              compared={other}
              onShow={(id) => onChange({ test: id, ...(id === other && { with: null }) })}
              onCompare={(id) => onChange({ test: shown, with: id })}
            />
          )}
        </QueryState>
      </Panel>
    </div>
  );
}
