'use client';

import { useQuery } from '@tanstack/react-query';
import { navQueries } from '#components/shell/nav-queries.ts';
import { useTRPC } from '#components/trpc/context.ts';
import { Empty } from '#components/ui/empty.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { BreakerList } from '../breaker-list.tsx';
import { tuneHref } from '../circuit-href.ts';
import { byUrgency } from '../circuit-state.ts';

/** What an address without a breaker shows: which there are. */
export function ChooseBreaker() {
  const circuits = useQuery(navQueries(useTRPC()).circuits);
  return (
    <>
      <PageHeader title="Tune a breaker" lead="Which one?" />
      <Panel title="Breakers">
        <QueryState
          query={circuits}
          what="The breakers"
          loading={<SkeletonRows rows={4} />}
          isEmpty={({ length }) => length === 0}
          empty={<Empty title="No breaker has reported">Each appears here as soon as its owner tells of it.</Empty>}
        >
          {(all) => <BreakerList circuits={all.toSorted(byUrgency)} hrefOf={tuneHref} />}
        </QueryState>
      </Panel>
    </>
  );
}
