'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function TuneError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="The tuning page" error={error} retry={reset} />;
}
