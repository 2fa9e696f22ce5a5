'use client';

import { clsx } from 'clsx';
import type { CircuitState } from '#server/circuits/schema.ts';
import { CIRCUIT_STATES } from '#components/circuit/circuit-state.ts';

/** The blade turns about the lower contact. */
const BLADE = {
  closed: 'rotate-0',
  forced_closed: 'rotate-0',
  half_open: 'rotate-[18deg]',
  open: 'rotate-[38deg]',
  forced_open: 'rotate-[38deg]',
} as const satisfies Record<CircuitState, string>;

/** A closed breaker is the normal case and stays in the colour of the bus. */
const INK = {
  ok: 'text-bus',
  warn: 'text-warn',
  critical: 'text-critical',
  'half-open': 'text-half-open',
} as const;

const CUBICLE = {
  ok: 'fill-surface stroke-line-strong',
  warn: 'fill-warn-soft stroke-current',
  critical: 'fill-critical-soft stroke-current',
  'half-open': 'fill-half-open-soft stroke-current',
} as const;

interface BreakerSymbolProps {
  x: number;
  y: number;
  state: CircuitState;
  /** The whole sentence for screen readers and hovers. */
  label: string;
  onOpen: () => void;
}

/** A breaker in its cubicle: a bar when closed, a lifted blade when open, a dashed blade on probation, a lock where it is forced. */
export function BreakerSymbol({ x, y, state, label, onOpen }: BreakerSymbolProps) {
  const { tone } = CIRCUIT_STATES[state];
  const closed = state === 'closed' || state === 'forced_closed';
  return (
    <g
      role="button"
      tabIndex={0}
      aria-label={label}
      aria-haspopup="dialog"
      transform={`translate(${x} ${y})`}
      className={clsx('group/breaker cursor-pointer outline-none', INK[tone])}
      stroke="currentColor"
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onOpen();
      }}
    >
      <title>{label}</title>
      {/* Thumbs need more than the symbol. */}
      <rect x={-18} y={-20} width={36} height={40} fill="transparent" stroke="none" />
      <rect
        x={-10}
        y={-13}
        width={20}
        height={26}
        rx={4}
        className={clsx(
          'transition-colors duration-150 group-hover/breaker:stroke-accent group-focus-visible/breaker:stroke-accent group-focus-visible/breaker:[stroke-width:2.5]',
          CUBICLE[tone],
        )}
      />
      <path d="M0-13v4.5M0 13V8" strokeWidth={1.6} />
      <g transform="translate(0 8)">
        <line
          y2={-16}
          strokeWidth={closed ? 5 : 2.4}
          strokeDasharray={state === 'half_open' ? '3 2.2' : undefined}
          className={clsx('origin-[0_0] transition-[rotate] duration-150', BLADE[state])}
        />
        {!closed && <circle r={1.8} fill="currentColor" stroke="none" />}
      </g>
      {(state === 'forced_open' || state === 'forced_closed') && <Lock />}
    </g>
  );
}

function Lock() {
  return (
    <g transform="translate(12 6)">
      <rect x={-6} y={-7} width={12} height={13} rx={3} className="fill-surface" stroke="none" />
      <rect x={-3.8} y={-1} width={7.6} height={5.6} rx={1.2} fill="currentColor" stroke="none" />
      <path d="M-2.2-1v-1.4a2.2 2.2 0 0 1 4.4 0V-1" fill="none" strokeWidth={1.4} />
    </g>
  );
}
