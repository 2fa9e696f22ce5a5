'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function ErrorsError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="The errors page" error={error} retry={reset} />;
}
