'use client';

import { SquareDashedMousePointer } from 'lucide-react';
import { clsx } from 'clsx';
import type { DurationBucket, TraceSelection } from '#server/traces/schema.ts';
import { Button } from '#components/ui/button.tsx';
import { slowSelection } from './selection.ts';

interface ExplainBarProps {
  buckets: readonly DurationBucket[];
  /** Dragging marks traces to explain, rather than zooming. */
  marking: boolean;
  onMarking: (marking: boolean) => void;
  onExplain: (selection: TraceSelection) => void;
}

/** Asks what is different about some traces, with one click or by marking them. */
export function ExplainBar({ buckets, marking, onMarking, onExplain }: ExplainBarProps) {
  const slow = slowSelection(buckets);
  const failed = buckets.some(({ errors }) => errors > 0);
  return (
    <div
      role="group"
      aria-label="What is different about some of them"
      className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-2 text-xs text-ink-muted"
    >
      What is different about
      <Button size="sm" disabled={!slow} onClick={() => slow && onExplain(slow)}>
        the slow ones
      </Button>
      <Button size="sm" disabled={!failed} onClick={() => onExplain({ failed: true })}>
        the failed ones
      </Button>
      <Button
        size="sm"
        aria-pressed={marking}
        className={clsx(marking && 'border-accent! text-accent!')}
        onClick={() => onMarking(!marking)}
      >
        <SquareDashedMousePointer size={12} aria-hidden /> {marking ? 'drag over the map' : 'those I mark'}
      </Button>
    </div>
  );
}
