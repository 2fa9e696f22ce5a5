import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { readErrorGroups } from '#server/store/queries/error-groups.ts';
import { checkRange } from '#server/time/check-range.ts';
import type { ErrorGroups, ListErrorGroupsInput } from './schema.ts';

/** As many points as a line in the height of a row can show. */
const TREND_STEPS = 24;

/** The failures of the range by kind. */
export async function listErrorGroups(
  { store }: Pick<Ctx, 'store'>,
  { limit, ...filter }: z.output<typeof ListErrorGroupsInput>,
): Promise<ErrorGroups> {
  checkRange(filter.range);
  const groups = await readErrorGroups(store, filter, TREND_STEPS, limit + 1);
  return { groups: groups.slice(0, limit), truncated: groups.length > limit };
}
