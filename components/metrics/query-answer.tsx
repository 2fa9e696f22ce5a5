'use client';

import type { ReactNode } from 'react';
import type { MetricsAnswer } from '#server/metrics/schema.ts';
import { ChartSkeleton } from '#components/chart/chart-skeleton.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { QueryState, type QueryLike } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';

interface QueryAnswerProps<Data> {
  query: QueryLike<MetricsAnswer<Data>>;
  isEmpty: (data: Data) => boolean;
  shape: 'graph' | 'table';
  children: (data: Data) => ReactNode;
}

/** The answer of one query in each of its states; what is wrong with the query is said above, beside its text. */
export function QueryAnswer<Data>({ query, isEmpty, shape, children }: QueryAnswerProps<Data>) {
  return (
    <QueryState
      query={query}
      what="The answer"
      loading={shape === 'graph' ? <ChartSkeleton /> : <SkeletonRows rows={5} />}
      isEmpty={(answer) => answer.ok && isEmpty(answer.data)}
      empty={
        <Empty title="The query is right, and has no series">
          Nothing matched in this time. Choose a longer time, or look in the browser of metrics for the name and its
          labels.
        </Empty>
      }
    >
      {(answer) => (answer.ok ? children(answer.data) : null)}
    </QueryState>
  );
}
