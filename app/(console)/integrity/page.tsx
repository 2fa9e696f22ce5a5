import type { Metadata } from 'next';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { checksQuery } from './queries.ts';
import { IntegrityView } from './view.tsx';

export const metadata: Metadata = { title: 'Integrity' };

export default function IntegrityPage() {
  return (
    <Prefetched queries={(trpc) => [checksQuery(trpc)]}>
      <IntegrityView />
    </Prefetched>
  );
}
