import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { describeOutcomes, type Decision, type Outcome } from './decide-letters.ts';
import { showText } from './show-text.ts';

interface DecideOutcomeProps {
  decision: Decision;
  outcomes: readonly Outcome[];
  asked: number;
  isOver: boolean;
}

/** What became of the letters; those that stay say why. */
export function DecideOutcome({ decision, outcomes, asked, isOver }: DecideOutcomeProps) {
  const failures = outcomes.filter(({ failure }) => failure !== null);
  return (
    <div role="status" className="flex flex-col gap-2">
      {isOver && (
        <p className="flex items-center gap-2 font-medium">
          <StatusGlyph tone={failures.length > 0 ? 'critical' : outcomes.length < asked ? 'warn' : 'ok'} size={14} />
          {describeOutcomes(decision, outcomes, asked)}
        </p>
      )}
      {failures.length > 0 && (
        <ul aria-label="Why not" className="flex flex-col gap-1.5">
          {failures.map(({ letter, failure }) => (
            <li key={`${letter.service} ${letter.eventId}`} className="break-words text-ink-muted">
              {asked > 1 && <span className="text-ink">{showText(letter.key)}: </span>}
              {showText(failure ?? '')}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
