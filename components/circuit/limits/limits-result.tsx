import type { LimitsReplay } from '#server/limits/schema.ts';
import { Empty } from '#components/ui/empty.tsx';
import { RestsOn } from '../rests-on.tsx';
import { describeChange, describeOutcome, describeRests } from './describe-limits.ts';
import { RefusalTable } from './refusal-table.tsx';

/** The answer in a sentence, then by tier, then what it rests on. */
export function LimitsResult({ replay, hasCandidate }: { replay: LimitsReplay; hasCandidate: boolean }) {
  if (replay.requests === 0) {
    return (
      <Empty title="No request was recorded">
        The gateway sent no span with <code>rate_limit.client</code> in this time. Choose a longer one.
      </Empty>
    );
  }
  return (
    <>
      <p className="px-4 pb-3 pt-4 text-base font-medium text-ink text-pretty">
        {describeOutcome(replay, hasCandidate)}
      </p>
      <RefusalTable
        what="Limit"
        hasCandidate={hasCandidate}
        rows={[
          ...replay.tiers.map((tier) => ({
            ...tier,
            key: tier.name,
            label: (
              <>
                {tier.name} <span className="text-ink-muted">{describeChange(tier)}</span>
              </>
            ),
          })),
          { key: '', label: 'By any of them', requests: replay.requests, ...replay.total },
        ]}
      />
      <RestsOn lines={describeRests(replay)} />
    </>
  );
}
