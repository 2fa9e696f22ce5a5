import type { Slo as Row } from '#prisma/generated/client.ts';
import type { Slo } from './schema.ts';

/** The promise as the API tells it. */
export function toSlo({ id, service, kind, thresholdMs, target, windowDays }: Row): Slo {
  return { id, service, kind, thresholdMs, target, windowDays };
}
