import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { RecordDeployInput } from './schema.ts';

/** Pipelines repeat what was not answered in time. */
const REPEATED_MS = 60_000;
/** Clocks of build machines differ. */
const AHEAD_MS_MAX = 10 * 60_000;

/** Notes that a version was rolled out; said again within a minute, it is the same deploy. */
export async function recordDeploy(
  { db, actor, now }: Pick<Ctx, 'db' | 'actor' | 'now'>,
  input: RecordDeployInput,
): Promise<{ id: string; created: boolean }> {
  requireRole(actor, 'editor');
  const { service, version, url = null, by = null, ...rest } = RecordDeployInput.parse(input);
  const at = rest.at ?? now();
  if (at.getTime() > now().getTime() + AHEAD_MS_MAX)
    throw new AppError('BAD_REQUEST', '`at` lies in the future. Send the time at which the version was rolled out.');
  return db.$transaction(async (tx) => {
    // Whoever says the same at the same moment waits here.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`deploy ${service} ${version}`}))`;
    const known = await tx.deploy.findFirst({
      where: {
        service,
        version,
        at: { gte: new Date(at.getTime() - REPEATED_MS), lte: new Date(at.getTime() + REPEATED_MS) },
      },
    });
    if (known) return { id: known.id, created: false };
    const { id } = await tx.deploy.create({ data: { service, version, at, url, by } });
    const noted = { version, at: at.toISOString(), url, by };
    await writeAudit(tx, { actor, at: now(), verb: 'deploys.record', subject: service, input: noted });
    return { id, created: true };
  });
}
