import { clsx } from 'clsx';
import type { CircuitState } from '#server/circuits/schema.ts';
import { TONE_TEXT } from '#components/ui/tone.ts';
import { CIRCUIT_STATES } from './circuit-state.ts';

interface CircuitGlyphProps {
  state: CircuitState;
  size?: number;
  /** Say the state in words; leave it out only where the word stands beside the glyph. */
  labelled?: boolean;
  className?: string;
}

/** The breaker of the single-line diagram in text size: a bar, a lifted blade, a dashed blade, and a lock where it is forced. */
export function CircuitGlyph({ state, size = 16, labelled, className }: CircuitGlyphProps) {
  const { word, tone } = CIRCUIT_STATES[state];
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      className={clsx('inline-block shrink-0', TONE_TEXT[tone], className)}
      {...(labelled ? { role: 'img', 'aria-label': word } : { 'aria-hidden': true })}
    >
      <path d="M1 8h2.6M12.4 8H15" strokeWidth="1.5" />
      {(state === 'closed' || state === 'forced_closed') && (
        <path d="M4.4 8h7.2" strokeWidth="4" strokeLinecap="butt" />
      )}
      {(state === 'open' || state === 'forced_open') && <path d="m4 8 6.4-5" strokeWidth="2" />}
      {state === 'half_open' && (
        <path d="m4 8 7.6-2.9" strokeWidth="2" strokeDasharray="1.6 2.2" strokeLinecap="butt" />
      )}
      {(state === 'forced_open' || state === 'forced_closed') && (
        <path d="M6.2 12.6h3.6v2.6H6.2zM7 12.6v-.8a1 1 0 0 1 2 0v.8" fill="currentColor" strokeWidth=".8" />
      )}
    </svg>
  );
}
