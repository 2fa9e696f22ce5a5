import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { currentTraceId } from '#services/kit/trace-id.ts';
import { chooseCarrier } from './choose-carrier.ts';
import type { ShippingTables } from './tables.ts';

export const CreateShipmentInput = z.strictObject({ orderId: z.uuid(), userId: z.uuid() });

/** The order's one shipment, made now or before. */
export async function createShipment(
  db: Kysely<ShippingTables>,
  { orderId, userId }: z.infer<typeof CreateShipmentInput>,
): Promise<{ id: string; isNew: boolean }> {
  const id = randomUUID();
  const { carrier, prefix } = chooseCarrier(orderId);
  const inserted = await db
    .insertInto('shipments')
    .values({
      id,
      order_id: orderId,
      user_id: userId,
      status: 'preparing',
      carrier,
      tracking_code: `${prefix}${id.replaceAll('-', '').slice(0, 12).toUpperCase()}`,
      trace_id: currentTraceId(),
    })
    .onConflict((conflict) => conflict.column('order_id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted) return { id, isNew: true };
  const earlier = await db
    .selectFrom('shipments')
    .select('id')
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow();
  return { id: earlier.id, isNew: false };
}
