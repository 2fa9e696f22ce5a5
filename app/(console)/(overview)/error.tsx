'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function OverviewError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="The overview" error={error} retry={reset} />;
}
