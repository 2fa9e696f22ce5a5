import type { Kysely } from 'kysely';
import { z } from 'zod';
import { listInput, Total } from '#services/kit/lists/list-input.ts';
import { readPage } from '#services/kit/lists/read-page.ts';
import type { User } from '#services/kit/tokens.ts';
import { SHIPMENT_COLUMNS, ShipmentStatus, ShipmentView } from './shipment-view.ts';
import type { ShippingTables } from './tables.ts';

export const ListShipmentsInput = listInput(['createdAt'], '-createdAt', { status: ShipmentStatus.optional() });

export const Shipments = z.object({ shipments: z.array(ShipmentView), total: Total });

export async function listShipments(
  db: Kysely<ShippingTables>,
  user: User,
  { status, ...page }: z.output<typeof ListShipmentsInput>,
): Promise<z.infer<typeof Shipments>> {
  let query = db.selectFrom('shipments').select(SHIPMENT_COLUMNS).where('user_id', '=', user.id);
  if (status !== undefined) query = query.where('status', '=', status);
  const { rows, total } = await readPage(query, { createdAt: 'created_at' }, page);
  return { shipments: rows, total };
}
