import type { Metadata } from 'next';
import { retentionQuery } from '#components/retention/retention-query.ts';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { sourcesQuery } from './queries.ts';
import { SourcesView } from './view.tsx';

export const metadata: Metadata = { title: 'Sources' };

export default function SourcesPage() {
  return (
    <Prefetched queries={(trpc) => [sourcesQuery(trpc), retentionQuery(trpc)]}>
      <SourcesView />
    </Prefetched>
  );
}
