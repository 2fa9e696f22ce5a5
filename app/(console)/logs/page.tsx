import type { Metadata } from 'next';
import { createLoader, type SearchParams } from 'nuqs/server';
import { parseTimeWindow } from '#components/time-range/time-window.ts';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { logsQueries } from './queries.ts';
import { logsParams } from './search-params.ts';
import { LogsView } from './view.tsx';

export const metadata: Metadata = { title: 'Logs' };

const loadFilters = createLoader(logsParams);

export default async function LogsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const window = parseTimeWindow({ from: params['from'] ?? null, to: params['to'] ?? null });
  const filters = loadFilters(params);
  return (
    <Prefetched queries={(trpc, client) => Object.values(logsQueries(trpc, client, window, filters))}>
      <LogsView />
    </Prefetched>
  );
}
