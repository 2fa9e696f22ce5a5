'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function LoadTestsError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="The load tests page" error={error} retry={reset} />;
}
