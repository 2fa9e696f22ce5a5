'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function MapError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="The map" error={error} retry={reset} />;
}
