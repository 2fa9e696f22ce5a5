import type { Metadata } from 'next';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { parseTimeWindow, type WindowParams } from '#components/time-range/time-window.ts';
import { shownTransitions } from './queries.ts';
import { CircuitsView } from './view.tsx';

export const metadata: Metadata = { title: 'Circuits' };

interface CircuitsPageProps {
  searchParams: Promise<WindowParams>;
}

export default async function CircuitsPage({ searchParams }: CircuitsPageProps) {
  const window = parseTimeWindow(await searchParams);
  return (
    <Prefetched queries={(trpc, client) => [shownTransitions(trpc, client, window)]}>
      <CircuitsView />
    </Prefetched>
  );
}
