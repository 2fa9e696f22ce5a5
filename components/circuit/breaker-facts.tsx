import type { Circuit } from '#server/circuits/schema.ts';
import { formatSpan } from '#components/format/duration.ts';
import { formatRate } from '#components/format/rate.ts';
import { formatRatio } from '#components/format/ratio.ts';
import { Fact, Facts } from '#components/ui/facts.tsx';
import { FailureMeter } from './failure-meter.tsx';
import { NextAttempt } from './next-attempt.tsx';
import { worstInstance } from './worst-instance.ts';

/** The figures of a breaker as its worst instance reports them. */
export function BreakerFacts({ circuit }: { circuit: Circuit }) {
  const worst = worstInstance(circuit);
  return (
    <Facts>
      {worst && worst.reason !== '' && <Fact label="Why">{worst.reason}</Fact>}
      {worst && (
        <Fact label="Failures">
          <FailureMeter instance={worst} />
        </Fact>
      )}
      <Fact label="Last minute">
        {formatRate(circuit.callsPerS)}
        {circuit.failureRatio !== null && `, ${formatRatio(circuit.failureRatio)} failed`}
        {circuit.rejectedPerS > 0 && `, ${formatRate(circuit.rejectedPerS)} refused`}
      </Fact>
      {worst?.nextAttemptMs && (
        <Fact label="Next probe">
          <NextAttempt ms={worst.nextAttemptMs} />
        </Fact>
      )}
      {worst && (
        <Fact label="Settings">
          opens at {worst.threshold} failures, tries again after {formatSpan(worst.resetTimeoutMs)}, closes after{' '}
          {worst.halfOpenSuccessCount} {worst.halfOpenSuccessCount === 1 ? 'success' : 'successes'}
        </Fact>
      )}
    </Facts>
  );
}
