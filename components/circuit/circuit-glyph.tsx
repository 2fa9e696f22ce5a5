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
      <path d="M0 9h2.4M13.6 9H16" strokeWidth="1.6" strokeLinecap="butt" />
      {(state === 'closed' || state === 'forced_closed') && (
        <rect x="2.4" y="6.2" width="11.2" height="5.6" rx="1" fill="currentColor" stroke="none" />
      )}
      {(state === 'open' || state === 'forced_open') && <path d="m2.6 9 8.2-6.4" strokeWidth="2.4" />}
      {state === 'half_open' && (
        <path d="m2.6 9 10.6-4.4" strokeWidth="2.4" strokeDasharray="2.2 1.9" strokeLinecap="butt" />
      )}
      {(state === 'open' || state === 'forced_open' || state === 'half_open') && (
        <path d="M2.6 9h.01M13.4 9h.01" strokeWidth="3" />
      )}
      {(state === 'forced_open' || state === 'forced_closed') && (
        <path d="M6 13h4v3H6zM6.9 13v-.6a1.1 1.1 0 0 1 2.2 0v.6" fill="currentColor" strokeWidth=".9" />
      )}
    </svg>
  );
}
