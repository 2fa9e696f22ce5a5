import { isDeepStrictEqual } from 'node:util';
import { settingsInForce } from '#server/circuits/settings.ts';
import type { Ctx } from '#server/context.ts';
import { toAcknowledgement } from './apply-change.ts';
import type { HeldConfiguration } from './document.ts';
import { readWanted } from './read-wanted.ts';
import { TIERS, type GatewayConfiguration } from './schema.ts';
import { whyNotTold } from './why-not.ts';

/** What is wanted of the gateways, how each took it, and what is in force. */
export async function getConfiguration(ctx: Pick<Ctx, 'db' | 'gateways'>): Promise<GatewayConfiguration> {
  const wanted = await readWanted(ctx.db);
  const statuses = ctx.gateways.status();
  // One that is behind would tell of what was.
  const first = statuses.find(({ state, held }) => held && state === 'applied') ?? statuses.find(({ held }) => held);
  const held = first?.held ?? null;
  return {
    whyNot: whyNotTold(ctx) ?? '',
    version: wanted?.version ?? 0,
    gateways: statuses.map((status) => ({
      ...toAcknowledgement(status),
      version: status.held?.version ?? null,
      isAsOthers: !status.held || !held || isDeepStrictEqual(inForceOf(status.held), inForceOf(held)),
    })),
    inForce: held && toInForce(held),
    upstreams: held?.upstreams ?? [],
  };
}

/** Beside what is decided for a time. */
function inForceOf({ limits, routes, circuits }: HeldConfiguration): unknown {
  return [limits, routes, circuits.map((circuit) => [circuit.service, settingsInForce(circuit)])];
}

function toInForce({ instance, limits, routes, circuits, environment }: HeldConfiguration) {
  const tiers = limits ? [...limits.tiers, limits.login] : [];
  const started = environment ? [...environment.limits.tiers, environment.limits.login] : [];
  return {
    instance,
    isShared: limits?.isShared ?? false,
    limits: TIERS.flatMap((name) => {
      const tier = tiers.find((each) => each.name === name);
      const { quota, windowMs } = started.find((each) => each.name === name) ?? tier ?? { quota: 0, windowMs: 0 };
      return tier ? [{ name, quota: tier.quota, windowMs: tier.windowMs, environment: { quota, windowMs } }] : [];
    }),
    routes: routes.map((route) => {
      const { upstream, cacheTtlMs } = environment?.routes.find(({ segment }) => segment === route.segment) ?? route;
      return { ...route, environment: { upstream, cacheTtlMs } };
    }),
    breakers: circuits.map((circuit) => ({
      name: circuit.service,
      settings: settingsInForce(circuit),
      forced: circuit.forced,
    })),
    // Where the environment names no window there is none.
    environment: environment ? { windowMs: 0, ...environment.breakers } : {},
  };
}
