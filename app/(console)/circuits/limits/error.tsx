'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function LimitsError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="The limits page" error={error} retry={reset} />;
}
