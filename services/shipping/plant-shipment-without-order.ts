import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { PLANTED_AGE_MS, type Orphan } from '#services/kit/plant-orphan.ts';
import { currentTraceId } from '#services/kit/trace-id.ts';
import type { ShippingTables } from './tables.ts';

export async function plantShipmentWithoutOrder(db: Kysely<ShippingTables>): Promise<Orphan> {
  const id = randomUUID();
  const at = new Date(Date.now() - PLANTED_AGE_MS);
  await db
    .insertInto('shipments')
    .values({
      id,
      order_id: randomUUID(),
      user_id: randomUUID(),
      status: 'dispatched',
      carrier: 'Swift Parcel',
      tracking_code: 'SPPLANTED',
      created_at: at,
      updated_at: at,
      trace_id: currentTraceId(),
    })
    .execute();
  return { id, table: 'shipping.shipments' };
}
