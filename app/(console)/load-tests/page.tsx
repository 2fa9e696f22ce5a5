import type { Metadata } from 'next';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { loadTestQueries } from './queries.ts';
import { LoadTestsView } from './view.tsx';

export const metadata: Metadata = { title: 'Load tests' };

export default function LoadTestsPage() {
  return (
    <Prefetched queries={(trpc) => Object.values(loadTestQueries(trpc))}>
      <LoadTestsView />
    </Prefetched>
  );
}
