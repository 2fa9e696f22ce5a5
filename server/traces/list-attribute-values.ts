import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { readAttributeValues, type AttributeValue } from '#server/store/queries/attribute-values.ts';
import { checkRange } from '#server/time/check-range.ts';
import type { AttributeValuesInput } from './schema.ts';

/** Values of one attribute to choose from. */
export async function listAttributeValues(
  { store }: Pick<Ctx, 'store'>,
  input: z.output<typeof AttributeValuesInput>,
): Promise<AttributeValue[]> {
  checkRange(input.range);
  return readAttributeValues(store, input);
}
