import type { Metadata } from 'next';
import { createLoader, type SearchParams } from 'nuqs/server';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { deadLettersQuery } from './queries.ts';
import { deadLettersParams } from './search-params.ts';
import { DeadLettersView } from './view.tsx';

export const metadata: Metadata = { title: 'Dead letters' };

const loadParams = createLoader(deadLettersParams);

export default async function DeadLettersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { status } = loadParams(await searchParams);
  return (
    <Prefetched queries={(trpc) => [deadLettersQuery(trpc, status)]}>
      <DeadLettersView />
    </Prefetched>
  );
}
