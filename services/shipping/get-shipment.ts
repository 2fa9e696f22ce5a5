import type { Kysely } from 'kysely';
import { z } from 'zod';
import { ServiceError } from '#services/kit/errors.ts';
import type { User } from '#services/kit/tokens.ts';
import type { ShippingTables } from './tables.ts';

export const ShipmentView = z.object({
  id: z.uuid(),
  orderId: z.uuid(),
  status: z.enum(['preparing', 'dispatched']),
  carrier: z.string(),
  trackingCode: z.string(),
});
export type ShipmentView = z.infer<typeof ShipmentView>;

export async function getShipment(db: Kysely<ShippingTables>, user: User, orderId: string): Promise<ShipmentView> {
  const shipment = await db
    .selectFrom('shipments')
    .select(['id', 'order_id as orderId', 'status', 'carrier', 'tracking_code as trackingCode'])
    .where('order_id', '=', orderId)
    .where('user_id', '=', user.id)
    .executeTakeFirst();
  if (!shipment) throw new ServiceError('NOT_FOUND', 'Nothing was sent for this order yet.');
  return shipment;
}
