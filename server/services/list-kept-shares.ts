import type { Ctx } from '#server/context.ts';
import { readKeptShares, type KeptShare } from '#server/store/queries/kept-shares.ts';
import { checkRange } from '#server/time/check-range.ts';
import type { TimeRange } from '#server/time/schema.ts';

/** The services of whose traces sampling kept a share only, the smallest share first: their counts are estimates. */
export async function listKeptShares(
  { store }: Pick<Ctx, 'store'>,
  { range, service }: { range: TimeRange; service?: string | undefined },
): Promise<KeptShare[]> {
  checkRange(range);
  return readKeptShares(store, range, service);
}
