'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function SourcesError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="The sources page" error={error} retry={reset} />;
}
