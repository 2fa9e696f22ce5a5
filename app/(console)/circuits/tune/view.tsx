'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { circuitHref, circuitId } from '#components/circuit/circuit-href.ts';
import { describeAcknowledgements } from '#components/circuit/operate/acknowledged.ts';
import { ApplyPanel } from '#components/circuit/tune/apply-panel.tsx';
import { ChooseBreaker } from '#components/circuit/tune/choose-breaker.tsx';
import { describeTuned } from '#components/circuit/tune/describe-tuned.ts';
import { ReplayResult } from '#components/circuit/tune/replay-result.tsx';
import { SettingsForm } from '#components/circuit/tune/settings-form.tsx';
import { SettingsVersions } from '#components/circuit/tune/settings-versions.tsx';
import { ShadowPanel } from '#components/circuit/tune/shadow-panel.tsx';
import { TuneSkeleton } from '#components/circuit/tune/tune-skeleton.tsx';
import { readChoice, writeChoice } from '#components/circuit/tune/tune-draft.ts';
import { useTune } from '#components/circuit/tune/use-tune.ts';
import { LIVE } from '#components/live/recent.ts';
import { navQueries } from '#components/shell/nav-queries.ts';
import { ranged } from '#components/time-range/ranged.ts';
import { useTimeRange } from '#components/time-range/use-time-range.ts';
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { Failed } from '#components/ui/failed.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { tuneParams } from './search-params.ts';

export function TuneView() {
  const [{ breaker: id }] = useQueryStates(tuneParams);
  const [reporter, name] = id.split('~');
  return reporter && name ? <BreakerTuning key={id} breaker={{ reporter, name }} /> : <ChooseBreaker />;
}

function BreakerTuning({ breaker }: { breaker: { reporter: string; name: string } }) {
  const { reporter, name } = breaker;
  const id = circuitId(breaker);
  const [{ set }, setParams] = useQueryStates(tuneParams, { history: 'push' });
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { window } = useTimeRange();
  const chosen = readChoice(set);
  const circuits = useQuery(navQueries(trpc).circuits);
  const control = useQuery({ ...trpc.circuits.control.queryOptions(breaker), meta: LIVE });
  const shadow = useQuery({ ...trpc.circuits.shadow.queryOptions(breaker), meta: LIVE });
  const versions = useQuery({ ...trpc.circuits.versions.queryOptions(breaker), meta: LIVE });
  const replay = useQuery({
    ...ranged(trpc.circuits.replay.pathKey(), window, { id, set }, (range, signal) =>
      client.circuits.replay.query({ ...breaker, range, settings: chosen }, { signal }),
    ),
    // What is compared stands still until somebody asks again.
    meta: undefined,
    staleTime: Infinity,
  });
  const covered = replay.data?.range;
  const transitions = useQuery({
    ...trpc.circuits.transitions.queryOptions({ ...breaker, range: covered ?? { fromMs: 0, toMs: 1 }, limit: 500 }),
    enabled: covered !== undefined,
  });
  const tune = useTune(breaker);
  const isOperable = control.data?.whyNot === '';
  const circuit = circuits.data?.find((candidate) => circuitId(candidate) === id) ?? { ...breaker, instances: [] };
  const choose = (next: typeof chosen) => {
    const text = writeChoice(next);
    if (text === set) void replay.refetch();
    else void setParams({ set: text });
  };

  return (
    <>
      <PageHeader
        title={`Tune ${reporter} to ${name}`}
        lead="Other settings, put to the calls that were recorded, by the code that decides in the gateway."
        actions={
          <Link href={circuitHref(breaker)} className={buttonClass()}>
            The breaker
          </Link>
        }
      />
      <div className="flex flex-col gap-5">
        {shadow.data && <ShadowPanel circuit={circuit} shadow={shadow.data} tune={tune} />}
        {shadow.isError && <Failed what="The shadow" error={shadow.error} retry={() => void shadow.refetch()} />}
        <QueryState query={replay} what="The replay" loading={<TuneSkeleton />}>
          {(answer) => (
            <>
              <Panel title="Settings">
                <SettingsForm
                  // What is in force, or another address, begins the fields anew.
                  key={JSON.stringify([answer.inForce.settings, set])}
                  inForce={answer.inForce.settings}
                  chosen={chosen}
                  isBusy={replay.isFetching}
                  onReplay={choose}
                />
              </Panel>
              <Panel title="Replay" note={set === null ? 'of the settings in force' : describeTuned(chosen)}>
                <ReplayResult
                  circuit={circuit}
                  replay={answer}
                  transitions={transitions.data ?? []}
                  hasCandidate={set !== null}
                />
              </Panel>
            </>
          )}
        </QueryState>
        {set !== null && replay.data && control.data && (
          <ApplyPanel
            chosen={chosen}
            tune={tune}
            whyNot={control.data.whyNot}
            hasShadow={Boolean(shadow.data)}
            onDone={() => void setParams({ set: null })}
          />
        )}
        <div role="status" className="empty:hidden">
          {tune.data && (
            <p className="text-ink">
              Version {tune.data.version} is {describeAcknowledgements(tune.data).summary}.{' '}
              {describeAcknowledgements(tune.data).details.join(' ')}
            </p>
          )}
        </div>
        <Panel title="Versions" note="in which its settings changed">
          <QueryState query={versions} what="The versions" loading={<SkeletonRows rows={2} />}>
            {(all) => <SettingsVersions versions={all} tune={tune} isOperable={isOperable} />}
          </QueryState>
        </Panel>
      </div>
    </>
  );
}
