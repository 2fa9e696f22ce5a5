import type { Metadata } from 'next';
import { parseTimeWindow, type WindowParams } from '#components/time-range/time-window.ts';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { mapQuery } from './queries.ts';
import { MapView } from './view.tsx';

export const metadata: Metadata = { title: 'Map' };

export default async function MapPage({ searchParams }: { searchParams: Promise<WindowParams> }) {
  const window = parseTimeWindow(await searchParams);
  return (
    <Prefetched queries={(trpc, client) => [mapQuery(trpc, client, window)]}>
      <MapView />
    </Prefetched>
  );
}
