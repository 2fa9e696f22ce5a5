'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function DeadLettersError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="The page of dead letters" error={error} retry={reset} />;
}
