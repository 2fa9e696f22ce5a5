'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function SharedHealthError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="The health page" error={error} retry={reset} />;
}
