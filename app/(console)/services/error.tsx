'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function ServicesError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="The services page" error={error} retry={reset} />;
}
