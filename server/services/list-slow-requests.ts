import type { Ctx } from '#server/context.ts';
import { readSlowRequests } from '#server/store/queries/slow-requests.ts';
import { checkRange } from '#server/time/check-range.ts';
import type { ServiceInput, SlowRequest } from './schema.ts';

const REQUESTS_MAX = 12;

/** The requests that a service took longest for, the slowest first. */
export async function listSlowRequests(
  { store }: Pick<Ctx, 'store'>,
  { service, range }: ServiceInput,
): Promise<SlowRequest[]> {
  checkRange(range);
  return readSlowRequests(store, service, range, REQUESTS_MAX);
}
