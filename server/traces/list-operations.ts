import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { readOperations } from '#server/store/queries/operations.ts';
import { checkRange } from '#server/time/check-range.ts';
import type { OperationsInput } from './schema.ts';

/** Names of operations to choose from. */
export async function listOperations(
  { store }: Pick<Ctx, 'store'>,
  { range, service }: z.output<typeof OperationsInput>,
): Promise<string[]> {
  checkRange(range);
  return readOperations(store, range, service);
}
