'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function IntegrityError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="The integrity page" error={error} retry={reset} />;
}
