import type { Metadata } from 'next';
import { parseTimeWindow, type WindowParams } from '#components/time-range/time-window.ts';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { servicesQuery } from './queries.ts';
import { ServicesView } from './view.tsx';

export const metadata: Metadata = { title: 'Services' };

export default async function ServicesPage({ searchParams }: { searchParams: Promise<WindowParams> }) {
  const window = parseTimeWindow(await searchParams);
  return (
    <Prefetched queries={(trpc, client) => [servicesQuery(trpc, client, window)]}>
      <ServicesView />
    </Prefetched>
  );
}
