'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function TracesError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="The traces page" error={error} retry={reset} />;
}
