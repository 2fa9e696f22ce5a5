import { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { readMutes } from './read-mutes.ts';
import type { Alert, GetAlertInput } from './schema.ts';
import { toAlert } from './to-alert.ts';

export async function getAlert(
  ctx: Pick<Ctx, 'db' | 'config' | 'now'>,
  { id }: z.infer<typeof GetAlertInput>,
): Promise<Alert> {
  const row = z.uuid().safeParse(id).success
    ? await ctx.db.alert.findUnique({
        where: { id },
        include: { notifications: { include: { notification: true }, orderBy: { notificationId: 'asc' } } },
      })
    : null;
  if (!row)
    throw new AppError('NOT_FOUND', `There is no alert ${id}. Alerts are kept for 30 days after they have resolved.`);
  return toAlert(row, await readMutes(ctx));
}
