import type { DeadLetterList, DeadLetterStatus } from '#server/dead-letters/schema.ts';
import { count } from '#components/check/summarise-checks.ts';

const SAID = {
  open: (some: string, one: boolean) => `${some} ${one ? 'waits' : 'wait'} for a decision`,
  redriven: (some: string, one: boolean) => `${some} ${one ? 'was' : 'were'} redriven`,
  discarded: (some: string, one: boolean) => `${some} ${one ? 'was' : 'were'} discarded`,
} as const satisfies Record<DeadLetterStatus, (some: string, one: boolean) => string>;

/** Says in a sentence or two what lies there, and what could not be looked at. */
export function summariseLetters(
  { deadLetters, unreachable }: Pick<DeadLetterList, 'deadLetters' | 'unreachable'>,
  status: DeadLetterStatus,
): string {
  const holders = [...new Set(deadLetters.map(({ service }) => service))].toSorted();
  const found =
    deadLetters.length === 0
      ? SAID[status]('No event', true)
      : `${SAID[status](count(deadLetters.length, 'event'), deadLetters.length === 1)}, in ${enumerate(holders)}`;
  if (unreachable.length === 0) return `${found}.`;
  return `${found}. ${enumerate(unreachable.map(({ service }) => service))} could not be asked.`;
}

/** "a", "a and b", "a, b and 3 more" */
export function enumerate(names: readonly string[]): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
