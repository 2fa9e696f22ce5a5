import type { Metadata } from 'next';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { liveTransitions } from './queries.ts';
import { CircuitsView } from './view.tsx';

export const metadata: Metadata = { title: 'Circuits' };

export default function CircuitsPage() {
  return (
    <Prefetched queries={(trpc, client) => [liveTransitions(trpc, client)]}>
      <CircuitsView />
    </Prefetched>
  );
}
