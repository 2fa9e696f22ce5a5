import type { Metadata } from 'next';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { overviewQueries } from './queries.ts';
import { LaterOverviewView } from './later-view.tsx';

export const metadata: Metadata = { title: 'Overview' };

export default function OverviewPage() {
  return (
    <Prefetched queries={(trpc, client) => Object.values(overviewQueries(trpc, client))}>
      <LaterOverviewView />
    </Prefetched>
  );
}
