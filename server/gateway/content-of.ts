import type { GatewayConfiguration } from '#prisma/generated/client.ts';
import { WantedBreakers, WantedLimits, WantedRoutes, type WantedContent } from './document.ts';

/** What nobody has changed: all is as the gateways were started. */
export const AS_STARTED: WantedContent = { breakers: {}, limits: {}, routes: {} };

/** What a stored version wants. */
export function contentOf({
  document,
  limits,
  routes,
}: Pick<GatewayConfiguration, 'document' | 'limits' | 'routes'>): WantedContent {
  return {
    breakers: WantedBreakers.parse(document),
    limits: WantedLimits.parse(limits),
    routes: WantedRoutes.parse(routes),
  };
}
