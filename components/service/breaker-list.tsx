import type { Circuit } from '#server/circuits/schema.ts';
import { CircuitBadge } from '#components/circuit/circuit-badge.tsx';
import { circuitHref, circuitId } from '#components/circuit/circuit-href.ts';
import { worstInstance } from '#components/circuit/worst-instance.ts';
import { Moment } from '#components/format/moment.tsx';
import { TextLink } from '#components/ui/text-link.tsx';

/** The breakers that stand before a service or that it owns. */
export function BreakerList({ circuits }: { circuits: readonly Circuit[] }) {
  return (
    <ul>
      {circuits.map((circuit) => {
        const reason = worstInstance(circuit)?.reason;
        return (
          <li
            key={circuitId(circuit)}
            className="flex min-h-row flex-wrap items-center gap-x-3 border-b border-line px-4 py-row-pad last:border-0 hover:bg-hover"
          >
            <TextLink href={circuitHref(circuit)}>
              {circuit.reporter} to {circuit.name}
            </TextLink>
            <CircuitBadge state={circuit.state} />
            <span className="ml-auto text-xs text-ink-faint">
              since <Moment ms={circuit.sinceMs} show="relative" />
            </span>
            {circuit.state !== 'closed' && reason && (
              <p className="w-full truncate text-xs text-ink-muted" title={reason}>
                {reason}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
