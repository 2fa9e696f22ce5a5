import type { RegisteredInstance } from '#prisma/generated/client.ts';
import type { Ctx } from '#server/context.ts';
import { readIndex } from './change-registry.ts';
import type { InstanceStatus, RegisteredInstanceView } from './schema.ts';

export interface InstanceList {
  index: number;
  instances: RegisteredInstanceView[];
}

/** The instances of a service, or all, and the index of the newest change that they show. */
export async function listInstances(
  { db }: Pick<Ctx, 'db'>,
  { service, passing }: { service?: string | undefined; passing: boolean },
): Promise<InstanceList> {
  // The index first: what changes between the two reads is shown now and told again, never missed.
  const index = await readIndex(db);
  const rows = await db.registeredInstance.findMany({
    where: { ...(service !== undefined && { service }), ...(passing && { status: 'passing' }) },
    orderBy: [{ service: 'asc' }, { instance: 'asc' }],
  });
  return { index, instances: rows.map(viewOf) };
}

function viewOf({ ttlMs, statusSince, registeredAt, heartbeatAt, status, ...row }: RegisteredInstance) {
  return {
    ...row,
    // Safe because only decide-health.ts and register-instance.ts write it.
    status: status as InstanceStatus,
    ttlSeconds: ttlMs / 1_000,
    statusSince: statusSince.toISOString(),
    registeredAt: registeredAt.toISOString(),
    heartbeatAt: heartbeatAt.toISOString(),
  };
}
