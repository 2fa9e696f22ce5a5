import type { z } from 'zod';
import { requireRole } from '#server/access/require-role.ts';
import { AppError } from '#server/errors.ts';
import { applyChange, GATEWAY_SUBJECT, type GatewayContext } from './apply-change.ts';
import type { WantedRoute } from './document.ts';
import { ChangeRouteInput, type OperationResult } from './schema.ts';
import { checkTold } from './why-not.ts';

/** Points a route at a service, keeps its answers, or switches it off and on, on every gateway. */
export async function changeRoute(
  ctx: GatewayContext,
  input: z.input<typeof ChangeRouteInput>,
): Promise<OperationResult> {
  requireRole(ctx.actor, 'editor');
  const { segment, expectedVersion, reason, ...wish } = ChangeRouteInput.parse(input);
  checkTold(ctx);
  checkKnown(ctx, segment, wish.upstream ?? null);
  const at = ctx.now();
  const off = { by: ctx.actor.name, reason, sinceMs: at.getTime() };
  return applyChange(ctx, {
    verb: 'gateway.route',
    subject: GATEWAY_SUBJECT,
    at,
    reason,
    expectedVersion,
    input: { route: segment, ...withoutUnnamed(wish) },
    change: ({ routes, ...others }) => ({
      ...others,
      routes: withRoute(routes, segment, {
        upstream: wish.upstream === undefined ? routes[segment]?.upstream : (wish.upstream ?? undefined),
        cacheTtlMs: wish.cacheTtlMs === undefined ? routes[segment]?.cacheTtlMs : (wish.cacheTtlMs ?? undefined),
        // Who switched it off stays known when something else of it is changed.
        switchedOff:
          wish.isOn === false
            ? (routes[segment]?.switchedOff ?? off)
            : wish.isOn
              ? undefined
              : routes[segment]?.switchedOff,
      }),
    }),
  });
}

/** A gateway would refuse it as well, and with it all that is wanted. */
function checkKnown({ gateways }: Pick<GatewayContext, 'gateways'>, segment: string, upstream: string | null): void {
  const held = gateways.status().flatMap((status) => status.held ?? []);
  const segments = new Set(held.flatMap(({ routes }) => routes.map((route) => route.segment)));
  const upstreams = new Set(held.flatMap((one) => one.upstreams));
  if (!segments.has(segment))
    throw new AppError('BAD_REQUEST', `The gateway has no route ${segment}; it has ${[...segments].join(', ')}.`);
  if (upstream !== null && !upstreams.has(upstream))
    throw new AppError('BAD_REQUEST', `The gateway has no service ${upstream}; it has ${[...upstreams].join(', ')}.`);
}

/** A route of which nothing is wanted is not named. */
function withRoute(
  routes: Record<string, WantedRoute>,
  segment: string,
  route: WantedRoute,
): Record<string, WantedRoute> {
  const { [segment]: _before, ...others } = routes;
  return Object.values(route).some((value) => value !== undefined) ? { ...others, [segment]: route } : others;
}

function withoutUnnamed(wish: Record<string, string | number | boolean | null | undefined>) {
  return Object.fromEntries(
    Object.entries(wish).filter((pair): pair is [string, string | number | boolean | null] => pair[1] !== undefined),
  );
}
