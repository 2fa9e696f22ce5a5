import type { Ctx } from '#server/context.ts';
import { readRecentErrors } from '#server/store/queries/recent-errors.ts';
import { searchBack } from '#server/store/queries/search-back.ts';
import { checkRange } from '#server/time/check-range.ts';
import type { RecentError, ServiceInput } from './schema.ts';

const ERRORS_MAX = 50;

/** The newest failed requests of a service. */
export async function listErrors(
  { store }: Pick<Ctx, 'store'>,
  { service, range }: ServiceInput,
): Promise<RecentError[]> {
  checkRange(range);
  return searchBack(range, ERRORS_MAX, (part) => readRecentErrors(store, service, part, ERRORS_MAX));
}
