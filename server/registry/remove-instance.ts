import type { Ctx } from '#server/context.ts';
import { countChange } from './change-registry.ts';
import { InstanceInput } from './schema.ts';

/** Takes an instance out at its own word; one that is not there is no fault. */
export async function removeInstance(ctx: Pick<Ctx, 'db'>, input: InstanceInput): Promise<void> {
  const where = InstanceInput.parse(input);
  await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.registeredInstance.deleteMany({ where });
    if (count > 0) await countChange(tx);
  });
}
