'use client';

import { Failed } from '#components/ui/failed.tsx';

export default function GatewayError({ error, reset }: { error: Error; reset: () => void }) {
  return <Failed what="The gateway page" error={error} retry={reset} />;
}
