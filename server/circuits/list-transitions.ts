import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { readCircuitTransitions } from '#server/store/queries/circuit-transitions.ts';
import { checkRange } from '#server/time/check-range.ts';
import type { CircuitTransition, ListTransitionsInput } from './schema.ts';

/** Transitions of breakers in the window, newest first. */
export async function listTransitions(
  { store }: Pick<Ctx, 'store'>,
  input: z.output<typeof ListTransitionsInput>,
): Promise<CircuitTransition[]> {
  checkRange(input.range);
  return readCircuitTransitions(store, input);
}
