import type { Metadata } from 'next';
import { createLoader, type SearchParams } from 'nuqs/server';
import { parseTimeWindow } from '#components/time-range/time-window.ts';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { errorsQueries } from './queries.ts';
import { errorsParams } from './search-params.ts';
import { ErrorsView } from './view.tsx';

export const metadata: Metadata = { title: 'Errors' };

const loadFilters = createLoader(errorsParams);

export default async function ErrorsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const window = parseTimeWindow({ from: params['from'] ?? null, to: params['to'] ?? null });
  const filters = loadFilters(params);
  return (
    <Prefetched queries={(trpc, client) => Object.values(errorsQueries(trpc, client, window, filters))}>
      <ErrorsView />
    </Prefetched>
  );
}
