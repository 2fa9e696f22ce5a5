import type { DeadLetterList, DeadLetterStatus } from '#server/dead-letters/schema.ts';
import { enumerate } from '#components/format/enumerate.ts';
import { countOf } from '#components/format/number.ts';

export const NAMES_MAX = 3;
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
      : `${SAID[status](countOf(deadLetters.length, 'event'), deadLetters.length === 1)}, in ${enumerate(holders, NAMES_MAX)}`;
  if (unreachable.length === 0) return `${found}.`;
  return `${found}. ${enumerate(
    unreachable.map(({ service }) => service),
    NAMES_MAX,
  )} could not be asked.`;
}
