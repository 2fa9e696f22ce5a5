'use client';

import { Failed } from '#components/ui/failed.tsx';

// One for all pages, not one a page: whoever sees the frame is sent the code of each that a link of it leads to.
export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="This page" error={error} retry={reset} />;
}
