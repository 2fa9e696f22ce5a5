import { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import type { Alert, GetAlertInput } from './schema.ts';
import { toAlert } from './to-alert.ts';

export async function getAlert({ db }: Pick<Ctx, 'db'>, { id }: z.infer<typeof GetAlertInput>): Promise<Alert> {
  const row = z.uuid().safeParse(id).success
    ? await db.alert.findUnique({ where: { id }, include: { notifications: { orderBy: { createdAt: 'asc' } } } })
    : null;
  if (!row)
    throw new AppError('NOT_FOUND', `There is no alert ${id}. Alerts are kept for 30 days after they have resolved.`);
  return toAlert(row);
}
