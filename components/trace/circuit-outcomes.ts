import type { Tone } from '#components/ui/tone.ts';

interface OutcomeWords {
  /** In a list to choose from. */
  choice: string;
  /** Beside a span, where it says more than that the call failed. */
  short: string | null;
  long: string;
  tone: Tone;
}

/** What a breaker made of a call. A refused call is not a failed one: nothing was sent, and the called service may be well. */
export const CIRCUIT_OUTCOMES: Readonly<Record<string, OutcomeWords>> = {
  success: { choice: 'let through: answered', short: null, long: 'let through and answered', tone: 'neutral' },
  failure: { choice: 'let through: really failed', short: null, long: 'let through, really failed', tone: 'critical' },
  rejected: {
    choice: 'refused by an open breaker',
    short: 'refused by breaker',
    long: 'refused: the call was never sent',
    tone: 'half-open',
  },
  timeout: {
    choice: 'let through: timed out',
    short: 'timed out',
    long: 'let through, timed out',
    tone: 'critical',
  },
  fallback: { choice: 'answered by the fallback', short: 'fallback', long: 'answered by the fallback', tone: 'warn' },
};

/** The words for a span's outcome; undefined where the call met no breaker. */
export function circuitOutcomeOf(attributes: Readonly<Record<string, string>>): OutcomeWords | undefined {
  const outcome = attributes['circuit_breaker.outcome'] ?? '';
  return Object.hasOwn(CIRCUIT_OUTCOMES, outcome) ? CIRCUIT_OUTCOMES[outcome] : undefined;
}
