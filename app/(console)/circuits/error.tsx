'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function CircuitsError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="The circuits page" error={error} retry={reset} />;
}
