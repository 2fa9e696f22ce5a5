import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { InstanceInput } from './schema.ts';

/** A sign of life; throws NOT_FOUND for one that has to register again. */
export async function keepInstance(ctx: Pick<Ctx, 'db' | 'now'>, input: InstanceInput): Promise<void> {
  const { service, instance } = InstanceInput.parse(input);
  const where = { service, instance };
  const { count } = await ctx.db.registeredInstance.updateMany({ where, data: { heartbeatAt: ctx.now() } });
  if (count === 0) throw new AppError('NOT_FOUND', `No instance ${instance} of ${service} is registered: register it.`);
}
