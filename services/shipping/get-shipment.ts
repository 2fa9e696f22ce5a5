import type { Kysely } from 'kysely';
import { ServiceError } from '#services/kit/errors.ts';
import type { User } from '#services/kit/tokens.ts';
import { SHIPMENT_COLUMNS, type ShipmentView } from './shipment-view.ts';
import type { ShippingTables } from './tables.ts';

export async function getShipment(db: Kysely<ShippingTables>, user: User, orderId: string): Promise<ShipmentView> {
  const shipment = await db
    .selectFrom('shipments')
    .select(SHIPMENT_COLUMNS)
    .where('order_id', '=', orderId)
    .where('user_id', '=', user.id)
    .executeTakeFirst();
  if (!shipment) throw new ServiceError('NOT_FOUND', 'Nothing was sent for this order yet.');
  return shipment;
}
