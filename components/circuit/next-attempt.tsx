'use client';

import { formatSpan } from '#components/format/duration.ts';
import { formatUtc } from '#components/format/time.ts';
import { useNow } from '#components/live/clock.tsx';

/** The countdown to the next probe of an open breaker. */
export function NextAttempt({ ms }: { ms: number }) {
  const nowMs = useNow(1000);
  const left = ms - nowMs;
  return (
    <time dateTime={new Date(ms).toISOString()} title={formatUtc(ms)}>
      {left > 0 ? `in ${formatSpan(left + 999)}` : 'with the next call'}
    </time>
  );
}
