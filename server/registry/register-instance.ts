import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { countChange } from './change-registry.ts';
import { RegisterInstanceInput } from './schema.ts';

/** Far beyond what one console checks each second on two cores. */
const INSTANCES_MAX = 1_000;

/** Enters an instance, or what has changed of one that is known; a new one is critical until it was found well. */
export async function registerInstance(
  ctx: Pick<Ctx, 'db' | 'now'>,
  input: RegisterInstanceInput,
): Promise<{ created: boolean }> {
  const { service, instance, ttlSeconds, adminAddress, version, ...rest } = RegisterInstanceInput.parse(input);
  const at = ctx.now();
  const said = { ...rest, adminAddress: adminAddress ?? null, version: version ?? null, ttlMs: ttlSeconds * 1_000 };
  return ctx.db.$transaction(async (tx) => {
    const where = { service_instance: { service, instance } };
    // First, for it is the lock that keeps two who register at once apart.
    await countChange(tx);
    const known = await tx.registeredInstance.findUnique({ where });
    if (!known && (await tx.registeredInstance.count()) >= INSTANCES_MAX)
      throw new AppError('UNAVAILABLE', `The registry is full: it holds ${INSTANCES_MAX} instances.`);
    const anew = { status: 'critical', reason: 'not checked yet', statusSince: at, registeredAt: at };
    await tx.registeredInstance.upsert({
      where,
      create: { service, instance, ...said, ...anew, heartbeatAt: at },
      update: { ...said, heartbeatAt: at, ...(known?.address === said.address ? {} : anew) },
    });
    return { created: !known };
  });
}
