'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function RunbooksError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="The runbooks page" error={error} retry={reset} />;
}
