import type { ServiceSummary } from '#server/services/schema.ts';
import { nodeHealth } from '#components/diagram/node-health.ts';
import { enumerate } from '#components/format/enumerate.ts';

const NAMES_MAX = 3;

/** How the services are, the worst by name. */
export function summariseServices(
  services: readonly Pick<ServiceSummary, 'service' | 'up' | 'errorRatio' | 'requestsPerS'>[],
): string {
  if (services.length === 0) return 'No service has reported.';
  const many = services.length === 1 ? '1 service' : `${services.length} services`;
  const worst = (['down', 'failing', 'degraded'] as const)
    .map((health) => ({
      health,
      names: services.filter((row) => nodeHealth(row) === health).map((row) => row.service),
    }))
    .filter(({ names }) => names.length > 0)
    .map(({ health, names }) => `${enumerate(names, NAMES_MAX)} ${names.length === 1 ? 'is' : 'are'} ${health}`);
  return worst.length === 0 ? `${many}, all healthy.` : `${many}: ${worst.join(', ')}.`;
}
