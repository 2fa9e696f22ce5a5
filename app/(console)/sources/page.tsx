import type { Metadata } from 'next';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { sourcesQuery } from './queries.ts';
import { SourcesView } from './view.tsx';

export const metadata: Metadata = { title: 'Sources' };

export default function SourcesPage() {
  return (
    <Prefetched queries={(trpc) => [sourcesQuery(trpc)]}>
      <SourcesView />
    </Prefetched>
  );
}
