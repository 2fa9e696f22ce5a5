import { requireRole } from '#server/access/require-role.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { claim, OPEN_KEY } from '#server/load-tests/claim.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { StartDrillInput } from './schema.ts';

/** Begins a drill; answers as soon as its first shoppers are on their way. */
export async function startDrill(
  ctx: Pick<Ctx, 'db' | 'actor' | 'now' | 'drills' | 'gateways'>,
  input: StartDrillInput,
): Promise<{ id: string }> {
  requireRole(ctx.actor, 'editor');
  const { scenario: name, workers, faultSeconds } = StartDrillInput.parse(input);
  const scenario: Scenario = SCENARIOS[name];
  if (ctx.drills.whyNot !== '') throw new AppError('CONFLICT', ctx.drills.whyNot);
  const at = ctx.now();
  const { service } = scenario;
  const row = await ctx.db.$transaction(async (tx) => {
    await claim(tx);
    await refuseUnclear(ctx, scenario);
    const audited = { scenario: name, workers, faultSeconds };
    await writeAudit(tx, { actor: ctx.actor, at, verb: 'drill.start', subject: service, input: audited });
    return tx.drill.create({
      data: {
        ...audited,
        service,
        openKey: OPEN_KEY,
        phase: 'baseline',
        startedAt: at,
        heartbeatAt: at,
        actor: ctx.actor.name,
      },
    });
  });
  ctx.drills.run(row);
  return { id: row.id };
}

/** What is open or fires already could not be told from what the drill causes. */
async function refuseUnclear({ db, gateways }: Pick<Ctx, 'db' | 'gateways'>, { breakers }: Scenario): Promise<void> {
  const circuits = gateways.status().flatMap(({ held }) => held?.circuits ?? []);
  const unclear = circuits.find(({ service, state }) => breakers.includes(service) && state !== 'closed');
  if (unclear)
    throw new AppError(
      'CONFLICT',
      `The breaker of ${unclear.service} is ${unclear.state.replace('_', ' ')}: a drill begins when it is closed.`,
    );
  const active = await db.alert.findMany({
    where: { openKey: { not: null }, rule: 'CircuitOpen' },
    select: { labels: true },
  });
  const firing = active
    .map(({ labels }) => (labels as Record<string, string>).name ?? '')
    .find((name) => breakers.includes(name));
  if (firing !== undefined)
    throw new AppError('CONFLICT', `CircuitOpen of ${firing} fires already: a drill begins when it is resolved.`);
}
