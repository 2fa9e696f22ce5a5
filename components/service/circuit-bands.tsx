'use client';

import type { Circuit, CircuitTransition } from '#server/circuits/schema.ts';
import type { TimeRange } from '#server/time/schema.ts';
import { StateStrip } from '#components/chart/state-strip.tsx';
import { CIRCUIT_STATES } from '#components/circuit/circuit-state.ts';
import { describeBands } from '#components/circuit/describe-bands.ts';
import { stateBands } from '#components/circuit/state-bands.ts';
import { SILENT_LOOK, STATE_LOOK } from '#components/circuit/state-look.ts';
import { formatSpan } from '#components/format/duration.ts';
import { formatMoment } from '#components/format/time.ts';
import { useZone } from '#components/format/zone.ts';

interface CircuitBandsProps {
  /** The breakers that guard the service. */
  circuits: readonly Circuit[];
  transitions: readonly CircuitTransition[];
  range: TimeRange;
}

const HEIGHT = 12;

/** What the breakers before a service did, under the chart of what the service did. */
export function CircuitBands({ circuits, transitions, range }: CircuitBandsProps) {
  const zone = useZone();
  const at = (ms: number) => formatMoment(ms, { zone, nowMs: range.toMs });
  return circuits.map((circuit) => {
    const bands = stateBands(circuit, transitions, range);
    return (
      <StateStrip
        key={`${circuit.reporter}~${circuit.name}`}
        label={circuits.length === 1 ? 'breaker' : circuit.reporter.slice(0, 8)}
        description={`Breaker of ${circuit.reporter} before ${circuit.name}: ${describeBands(bands)}`}
        range={range}
        bands={bands.map(({ fromMs, toMs, state }) => {
          const { share, fill } = state ? STATE_LOOK[state] : SILENT_LOOK;
          const word = state ? CIRCUIT_STATES[state].word : 'not reported';
          return {
            fromMs,
            toMs,
            fill,
            word,
            height: Math.max(1, HEIGHT * share),
            title: `${word}, ${at(fromMs)} to ${at(toMs)}, ${formatSpan(toMs - fromMs)}`,
          };
        })}
      />
    );
  });
}
