import { clsx } from 'clsx';
import type { CircuitState } from '#server/circuits/schema.ts';
import { TONE_SOFT } from '#components/ui/tone.ts';
import { CircuitGlyph } from './circuit-glyph.tsx';
import { CIRCUIT_STATES } from './circuit-state.ts';

/** A breaker's state as glyph and word; the normal state stays quiet. */
export function CircuitBadge({ state, className }: { state: CircuitState; className?: string }) {
  const { word, tone } = CIRCUIT_STATES[state];
  const quiet = state === 'closed';
  return (
    <span
      className={clsx(
        'inline-flex h-5 items-center align-middle gap-1.5 whitespace-nowrap rounded-sm text-xs',
        quiet ? 'text-ink-muted' : ['px-1.5 font-medium', TONE_SOFT[tone]],
        className,
      )}
    >
      <CircuitGlyph state={state} size={15} />
      {word}
    </span>
  );
}
