import type { Metadata } from 'next';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { MetricsView } from './view.tsx';

export const metadata: Metadata = { title: 'Metrics' };

/** The names are fetched ahead; how many points a graph needs is known only where its width is. */
export default function MetricsPage() {
  return (
    <Prefetched queries={(trpc) => [trpc.metrics.names.queryOptions()]}>
      <MetricsView />
    </Prefetched>
  );
}
