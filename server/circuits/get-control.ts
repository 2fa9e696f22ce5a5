import { listAudit } from '#server/audit/list-audit.ts';
import type { Ctx } from '#server/context.ts';
import { readWanted } from '#server/gateway/read-wanted.ts';
import type { GatewayStatus } from '#server/gateway/run-gateways.ts';
import { isActing } from './effects/decide-end.ts';
import { subjectOf, whyNotOperable } from './find-operable.ts';
import type { CircuitControl } from './schema.ts';
import { settingsInForce, tunedOf } from './settings.ts';

/** As many deeds as are shown. */
export const AUDIT_MAX = 50;

/** What is wanted of a breaker, by whom and until when, how far it is in force, and what was done to it. */
export async function getControl(
  ctx: Pick<Ctx, 'db' | 'gateways' | 'now'>,
  breaker: { reporter: string; name: string },
): Promise<CircuitControl> {
  const whyNot = whyNotOperable(ctx, breaker);
  const [document, audit] = await Promise.all([readWanted(ctx.db), listAudit(ctx, subjectOf(breaker), AUDIT_MAX)]);
  const wanted = whyNot === null ? document?.breakers[breaker.name] : undefined;
  const forced = wanted?.forced ?? null;
  return {
    whyNot: whyNot ?? '',
    version: document?.version ?? null,
    forced: forced && forced.untilMs > ctx.now().getTime() ? forced : null,
    tuned: tunedOf(wanted),
    shadowSinceMs: wanted?.shadow?.sinceMs ?? null,
    instances: ctx.gateways.status().map((status) => toInstance(status, breaker.name)),
    audit: audit.map((line) => ({ ...line, isActing: isActing(line) })),
  };
}

function toInstance(status: GatewayStatus, name: string): CircuitControl['instances'][number] {
  const { instance, state, reason, held } = status;
  const circuit = held?.circuits.find(({ service }) => service === name);
  return {
    instance,
    state,
    reason,
    computed: circuit?.computed ?? null,
    settings: circuit ? settingsInForce(circuit) : null,
  };
}
