import type { Circuit, CircuitTransition } from '#server/circuits/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { isRefusing } from './circuit-state.ts';
import { openingTransition } from './opening-transition.ts';
import { TraceLinks } from './trace-links.tsx';

/** For a breaker that is not closed: the transition that began it, in words, with the traces of the failing calls. */
export function WhyOpen({ circuit, transitions }: { circuit: Circuit; transitions: readonly CircuitTransition[] }) {
  // Why it is forced is told where it is operated.
  if (circuit.state !== 'open' && circuit.state !== 'half_open') return null;
  const opening = openingTransition(transitions);
  if (!opening || opening.state !== 'open') return null;
  return (
    <section aria-label="Why it opened" className="border-b border-line bg-critical-soft/40 px-4 py-3">
      <h3 className="text-xs font-semibold text-ink">
        {isRefusing(circuit.state) ? 'Why it is open' : 'Why it opened'}
      </h3>
      <p className="mt-1 text-ink">{opening.reason}</p>
      <p className="text-xs text-ink-muted">
        {opening.failures} of {opening.calls} calls failed, the threshold is {opening.threshold}. Opened{' '}
        <Moment ms={opening.tMs} show="both" />.
      </p>
      {opening.traceIds.length > 0 && (
        <div className="mt-2">
          <p className="mb-1 text-xs text-ink-muted">Traces of the calls that failed</p>
          <TraceLinks traceIds={opening.traceIds} />
        </div>
      )}
    </section>
  );
}
