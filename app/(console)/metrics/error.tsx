'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function MetricsError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="The metrics page" error={error} retry={reset} />;
}
