import type { Metadata } from 'next';
import { createLoader, type SearchParams } from 'nuqs/server';
import { parseTimeWindow } from '#components/time-range/time-window.ts';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { tracesQueries } from './queries.ts';
import { tracesParams } from './search-params.ts';
import { TracesView } from './view.tsx';

export const metadata: Metadata = { title: 'Traces' };

const loadFilters = createLoader(tracesParams);

export default async function TracesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const window = parseTimeWindow({ from: params['from'] ?? null, to: params['to'] ?? null });
  const filters = loadFilters(params);
  return (
    <Prefetched queries={(trpc, client) => Object.values(tracesQueries(trpc, client, window, filters))}>
      <TracesView />
    </Prefetched>
  );
}
