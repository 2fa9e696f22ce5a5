import type { Circuit } from '#server/circuits/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { CircuitBadge } from './circuit-badge.tsx';
import { circuitHref, circuitId } from './circuit-href.ts';
import { worstInstance } from './worst-instance.ts';

interface BreakerListProps {
  circuits: readonly Circuit[];
  /** Where each leads; to itself if left out. */
  hrefOf?: (circuit: Circuit) => string;
}

/** Breakers, each with its state and why. */
export function BreakerList({ circuits, hrefOf = circuitHref }: BreakerListProps) {
  return (
    <ul>
      {circuits.map((circuit) => {
        const reason = worstInstance(circuit)?.reason;
        return (
          <li
            key={circuitId(circuit)}
            className="flex min-h-row flex-wrap items-center gap-x-3 border-b border-line px-4 py-row-pad last:border-0 hover:bg-hover"
          >
            <TextLink href={hrefOf(circuit)}>
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
