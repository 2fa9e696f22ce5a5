import type { Metadata } from 'next';
import { Suspense } from 'react';
import { CompareTracesView } from './view.tsx';
import CompareLoading from './loading.tsx';

export const metadata: Metadata = { title: 'Compare traces' };

/** Two traces may be ten thousand spans each: the view fetches them, the page does not carry them. */
export default function CompareTracesPage() {
  return (
    <Suspense fallback={<CompareLoading />}>
      <CompareTracesView />
    </Suspense>
  );
}
