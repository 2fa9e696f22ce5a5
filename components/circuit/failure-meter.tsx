import type { CircuitInstance } from '#server/circuits/schema.ts';
import { Meter } from '#components/ui/meter.tsx';

/** Failures counted against the threshold at which the breaker opens. */
export function FailureMeter({ instance }: { instance: Pick<CircuitInstance, 'failures' | 'threshold'> }) {
  const { failures, threshold } = instance;
  const share = threshold > 0 ? failures / threshold : 0;
  const tone = share >= 1 ? 'critical' : share >= 0.6 ? 'warn' : 'neutral';
  return (
    <span className="inline-flex items-center gap-2 align-middle whitespace-nowrap">
      <Meter value={share} tone={tone} label={`${failures} failures of the ${threshold} that open it`} />
      <span>
        {failures} <span className="text-ink-faint">of {threshold}</span>
      </span>
    </span>
  );
}
