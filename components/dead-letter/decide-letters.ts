import type { DeadLetterRow } from '#server/dead-letters/schema.ts';

export type Decision = 'redrive' | 'discard';

export interface Outcome {
  letter: DeadLetterRow;
  /** Null when it was done. */
  failure: string | null;
}

interface DecideOptions {
  decide: (letter: DeadLetterRow) => Promise<unknown>;
  /** Told after each. */
  report: (outcomes: readonly Outcome[]) => void;
  /** The one on its way is waited for, no further one is sent. */
  signal: AbortSignal;
}

/**
 * Decides about letters one after the other, in the order in which their events happened. A service that does not answer is not
 * asked again, and a refusal of who asks ends it: every further one would be refused, too.
 */
export async function decideLetters(
  letters: readonly DeadLetterRow[],
  { decide, report, signal }: DecideOptions,
): Promise<void> {
  const outcomes: Outcome[] = [];
  const silent = new Set<string>();
  for (const letter of letters.toSorted((a, b) => a.occurredAt.localeCompare(b.occurredAt))) {
    if (signal.aborted) return;
    let failure: string | null = null;
    if (silent.has(letter.service)) failure = `${letter.service} did not answer before; it was not asked again.`;
    else
      try {
        await decide(letter);
      } catch (error) {
        failure = (error as Error).message;
        const code = codeOf(error);
        if (code === 'SERVICE_UNAVAILABLE') silent.add(letter.service);
        if (code === 'FORBIDDEN' || code === 'UNAUTHORIZED') {
          report([...outcomes, { letter, failure }]);
          return;
        }
      }
    outcomes.push({ letter, failure });
    report([...outcomes]);
  }
}

/** "Applied.", "2 of 3 were applied.", with what became of the rest. */
export function describeOutcomes(decision: Decision, outcomes: readonly Outcome[], asked: number): string {
  const done = outcomes.filter(({ failure }) => failure === null).length;
  const word = decision === 'redrive' ? 'applied' : 'discarded';
  const left = asked - outcomes.length;
  const rest =
    left > 0 ? ` ${left} ${left === 1 ? 'was' : 'were'} left as ${left === 1 ? 'it was' : 'they were'}.` : '';
  if (asked === 1) return done === 1 ? `${word[0]!.toUpperCase()}${word.slice(1)}.` : `Not ${word}; it stays.`;
  if (done === asked) return `All ${asked} were ${word}.`;
  return `${done} of ${asked} ${done === 1 ? 'was' : 'were'} ${word}.${rest}`;
}

function codeOf(error: unknown): unknown {
  return (error as { data?: { code?: unknown } | null }).data?.code;
}
