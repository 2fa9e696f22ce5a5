import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { readLogDetail } from '#server/store/queries/log-detail.ts';
import type { LogDetail } from './schema.ts';

/** What was sent about a line beside what the list shows. */
export async function getLog({ store }: Pick<Ctx, 'store'>, { id }: { id: string }): Promise<LogDetail> {
  const detail = await readLogDetail(store, id);
  if (detail) return detail;
  throw new AppError('NOT_FOUND', 'The line is no longer kept. Logs are deleted when their retention is over.');
}
