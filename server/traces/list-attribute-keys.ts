import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { readAttributeKeys, type AttributeKey } from '#server/store/queries/attribute-keys.ts';
import { checkRange } from '#server/time/check-range.ts';
import type { AttributeKeysInput } from './schema.ts';

/** Names of attributes to choose from. */
export async function listAttributeKeys(
  { store }: Pick<Ctx, 'store'>,
  { range, service }: z.output<typeof AttributeKeysInput>,
): Promise<AttributeKey[]> {
  checkRange(range);
  return readAttributeKeys(store, range, service);
}
