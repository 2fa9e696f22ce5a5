'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function AlertsError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="The alerts page" error={error} retry={reset} />;
}
