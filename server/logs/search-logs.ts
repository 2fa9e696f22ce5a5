import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import type { LogFilter } from '#server/store/queries/log-filter.ts';
import { readLogLines } from '#server/store/queries/log-lines.ts';
import { searchBack } from '#server/store/queries/search-back.ts';
import { checkRange } from '#server/time/check-range.ts';
import type { LogLine, SearchLogsInput } from './schema.ts';

/** The newest lines that match, newest first. */
export async function searchLogs(
  { store }: Pick<Ctx, 'store'>,
  { limit, ...filter }: Omit<z.output<typeof SearchLogsInput>, 'fields'> & Pick<LogFilter, 'fields'>,
): Promise<LogLine[]> {
  checkRange(filter.range);
  return searchBack(filter.range, limit, (range) => readLogLines(store, { ...filter, range }, limit));
}
