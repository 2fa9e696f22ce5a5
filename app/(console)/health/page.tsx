import type { Metadata } from 'next';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { healthQuery, incidentsQuery } from './queries.ts';
import { HealthView } from './view.tsx';

export const metadata: Metadata = { title: 'Health' };

export default function HealthPage() {
  return (
    <Prefetched queries={(trpc) => [healthQuery(trpc), incidentsQuery(trpc)]}>
      <HealthView />
    </Prefetched>
  );
}
