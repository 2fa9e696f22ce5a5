import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { readErrorSamples } from '#server/store/queries/error-samples.ts';
import { checkRange } from '#server/time/check-range.ts';
import type { ErrorSample, ErrorSamplesInput } from './schema.ts';

/** The newest occurrences of a kind of failure. */
export async function listErrorSamples(
  { store }: Pick<Ctx, 'store'>,
  { limit, ...question }: z.output<typeof ErrorSamplesInput>,
): Promise<ErrorSample[]> {
  checkRange(question.range);
  return readErrorSamples(store, question, limit);
}
