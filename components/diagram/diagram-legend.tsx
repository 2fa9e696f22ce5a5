import { CIRCUIT_STATES } from '#components/circuit/circuit-state.ts';
import { CircuitGlyph } from '#components/circuit/circuit-glyph.tsx';
import type { CircuitState } from '#server/circuits/schema.ts';
import { lineWeight } from './traffic.ts';

const STATES = ['closed', 'half_open', 'open', 'forced_open'] as const satisfies CircuitState[];
const RATES = [0.1, 10, 1000];
const ERRORS = [
  { className: 'stroke-wire', label: 'under 1 % errors' },
  { className: 'stroke-warn', label: '1 to 5 %' },
  { className: 'stroke-critical', label: '5 % and more' },
  { className: 'stroke-wire-dead', label: 'no traffic' },
];

/** How to read the diagram. */
export function DiagramLegend() {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1.5 text-2xs text-ink-faint">
      <ul aria-label="Line colour" className="flex flex-wrap gap-x-3.5 gap-y-1">
        {ERRORS.map((entry) => (
          <li key={entry.label} className="flex items-center gap-1.5">
            <svg aria-hidden width="16" height="4">
              <path d="M0 2h16" strokeWidth="2.5" className={entry.className} />
            </svg>
            {entry.label}
          </li>
        ))}
      </ul>
      <span className="flex items-center gap-1.5">
        <svg aria-hidden width="52" height="8">
          {RATES.map((rate, index) => (
            <path key={rate} d={`M${index * 18} 4h14`} strokeWidth={lineWeight(rate)} className="stroke-wire" />
          ))}
        </svg>
        0.1, 10, 1000/s
      </span>
      <ul aria-label="Breakers" className="flex flex-wrap gap-x-3.5 gap-y-1">
        {STATES.map((state) => (
          <li key={state} className="flex items-center gap-1.5">
            <CircuitGlyph state={state} size={14} />
            {state === 'forced_open' ? 'forced' : CIRCUIT_STATES[state].word}
          </li>
        ))}
      </ul>
    </div>
  );
}
