'use client';

import type { CircuitForce } from '#server/circuits/schema.ts';
import { formatSpan } from '#components/format/duration.ts';
import { Moment } from '#components/format/moment.tsx';
import { useNow } from '#components/live/clock.tsx';

interface ForceNoteProps {
  forced: CircuitForce;
  /** What the calls alone would make of it. */
  computed: string | null;
  /** Has any gateway taken it? */
  isInForce: boolean;
}

/** Who holds the breaker, why, and how long still. */
export function ForceNote({ forced, computed, isInForce }: ForceNoteProps) {
  const nowMs = useNow(1000);
  const leftMs = Math.max(0, forced.untilMs - nowMs);
  return (
    <div className="mb-3 border-l-2 border-accent bg-accent-soft/40 px-3 py-2">
      <p className="font-medium text-ink">
        {isInForce ? 'Held' : 'Not in force yet: to be held'} {forced.side} by {forced.by}
      </p>
      <p className="break-words text-ink">{forced.reason}</p>
      <p className="text-xs text-ink-muted">
        since <Moment ms={forced.sinceMs} />, ends by itself at <Moment ms={forced.untilMs} />
        {', '}
        <span className="whitespace-nowrap font-medium text-ink">
          {leftMs > 0 ? `in ${formatSpan(leftMs + 999)}` : 'now'}
        </span>
      </p>
      {computed && (
        <p className="text-xs text-ink-muted">Its calls alone would make it {computed.replace('_', '-')}.</p>
      )}
    </div>
  );
}
