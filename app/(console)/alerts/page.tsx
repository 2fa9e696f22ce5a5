import type { Metadata } from 'next';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { alertsQueries } from './queries.ts';
import { AlertsView } from './view.tsx';

export const metadata: Metadata = { title: 'Alerts' };

export default function AlertsPage() {
  return (
    <Prefetched queries={(trpc) => Object.values(alertsQueries(trpc))}>
      <AlertsView />
    </Prefetched>
  );
}
