'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function RootError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <Failed what="The console" error={error} retry={reset} />
    </main>
  );
}
