import type { Metadata } from 'next';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { RunbooksView } from './view.tsx';

export const metadata: Metadata = { title: 'Runbooks' };

export default function RunbooksPage() {
  return (
    <Prefetched queries={(trpc) => [trpc.runbooks.list.queryOptions()]}>
      <RunbooksView />
    </Prefetched>
  );
}
