import { z } from 'zod';
import type { Orphan } from '#services/kit/plant-orphan.ts';
import { runAsTrace } from '#services/kit/run-as-trace.ts';
import { ServiceError } from '#services/kit/errors.ts';
import { adminUrl } from '#services/kit/service-url.ts';

/** Whose data each kind spoils. */
const OWNERS = {
  'payment-without-order': 'payments',
  'order-without-items': 'orders',
  'shipment-without-order': 'shipping',
  'stock-oversold': 'inventory',
  'notification-without-order': 'notifications',
} as const;
export type OrphanKind = keyof typeof OWNERS;
export const ORPHAN_KINDS = Object.keys(OWNERS) as OrphanKind[];

const PlantedOrphan = z.object({ id: z.string(), table: z.string() });
const TIMEOUT_MS = 5_000;

/** Has the service that owns the table leave the row, in a trace that the row names. */
export function plantOrphan(kind: OrphanKind): Promise<Orphan> {
  return runAsTrace(`shop: plant ${kind}`, async () => {
    const owner = OWNERS[kind];
    const response = await fetch(`${adminUrl(owner)}/faults/orphan`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw new ServiceError('UNAVAILABLE', `${owner} does not answer on its admin port.`, { cause });
    });
    if (!response.ok)
      throw new ServiceError('BAD_GATEWAY', `${owner} answered ${response.status}: ${await response.text()}`);
    return PlantedOrphan.parse(await response.json());
  });
}
