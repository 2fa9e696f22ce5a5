'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function LogsError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="The logs page" error={error} retry={reset} />;
}
