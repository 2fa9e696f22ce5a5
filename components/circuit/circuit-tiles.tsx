'use client';

import { clsx } from 'clsx';
import type { Circuit } from '#server/circuits/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { formatRate } from '#components/format/rate.ts';
import { TONE_TEXT } from '#components/ui/tone.ts';
import { CircuitGlyph } from './circuit-glyph.tsx';
import { CIRCUIT_STATES } from './circuit-state.ts';
import { NextAttempt } from './next-attempt.tsx';
import { worstInstance } from './worst-instance.ts';

/** The breakers of a phone: one tile each, the urgent ones with their reason. */
export function CircuitTiles({
  circuits,
  onSelect,
}: {
  circuits: readonly Circuit[];
  onSelect: (circuit: Circuit) => void;
}) {
  return (
    <ul>
      {circuits.map((circuit) => {
        const { word, tone } = CIRCUIT_STATES[circuit.state];
        const quiet = circuit.state === 'closed';
        const worst = worstInstance(circuit);
        return (
          <li key={`${circuit.reporter} ${circuit.name}`} className="border-b border-line last:border-0">
            <button
              type="button"
              aria-haspopup="dialog"
              onClick={() => onSelect(circuit)}
              className="grid w-full grid-cols-[22px_minmax(0,1fr)_auto] gap-x-3 px-4 py-2.5 text-left hover:bg-hover"
            >
              <CircuitGlyph state={circuit.state} size={20} className={clsx(quiet && 'text-bus')} />
              <span className="truncate">
                <span className="text-ink-faint">{circuit.reporter} → </span>
                <span className="font-medium">{circuit.name}</span>
              </span>
              <span className={clsx('font-medium', quiet ? 'text-ink-faint' : TONE_TEXT[tone])}>{word}</span>
              <span className="col-start-2 truncate text-xs text-ink-muted">
                {quiet ? formatRate(circuit.callsPerS) : worst?.reason}
              </span>
              <span className="text-right text-xs text-ink-faint">
                {worst?.nextAttemptMs ? (
                  <>
                    probe <NextAttempt ms={worst.nextAttemptMs} />
                  </>
                ) : (
                  <Moment ms={circuit.sinceMs} show="relative" />
                )}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
