import type { CircuitReplay } from '#server/circuits/replay/schema.ts';
import type { Circuit, CircuitTransition } from '#server/circuits/schema.ts';
import { Empty } from '#components/ui/empty.tsx';
import { RestsOn } from '../rests-on.tsx';
import { describeFidelity, describeLimits, describeOutcome } from './describe-replay.ts';
import { ReplayBands } from './replay-bands.tsx';
import { ReplayFigures } from './replay-figures.tsx';

interface ReplayResultProps {
  circuit: Pick<Circuit, 'reporter' | 'name' | 'instances'>;
  replay: CircuitReplay;
  transitions: readonly CircuitTransition[];
  hasCandidate: boolean;
}

/** The answer in a sentence, then as bands and figures, then what it cannot know. */
export function ReplayResult({ circuit, replay, transitions, hasCandidate }: ReplayResultProps) {
  if (replay.calls === 0) {
    return (
      <Empty title="No call was recorded">
        {circuit.reporter} sent no span of a call through this breaker in this time. Choose a longer one.
      </Empty>
    );
  }
  return (
    <>
      <div className="px-4 pt-4">
        <p className="text-base font-medium text-ink text-pretty">
          {hasCandidate
            ? `With these settings it ${describeOutcome(replay.candidate)}.`
            : `With the settings in force it ${describeOutcome(replay.inForce)}. Change one to compare.`}
        </p>
        {hasCandidate && (
          <p className="mt-1 text-ink-muted text-pretty">
            With those in force it {describeOutcome(replay.inForce)}, replayed in the same way.
          </p>
        )}
      </div>
      <ReplayBands circuit={circuit} replay={replay} transitions={transitions} hasCandidate={hasCandidate} />
      <ReplayFigures replay={replay} hasCandidate={hasCandidate} />
      <RestsOn lines={[describeFidelity(replay), ...describeLimits(replay)]} />
    </>
  );
}
