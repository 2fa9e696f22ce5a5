import { z } from 'zod';

export const ShipmentStatus = z.enum(['preparing', 'dispatched']);

/** A shipment as its customer sees it. */
export const ShipmentView = z.object({
  id: z.uuid(),
  orderId: z.uuid(),
  status: ShipmentStatus,
  carrier: z.string(),
  trackingCode: z.string(),
});
export type ShipmentView = z.infer<typeof ShipmentView>;

export const SHIPMENT_COLUMNS = [
  'id',
  'order_id as orderId',
  'status',
  'carrier',
  'tracking_code as trackingCode',
] as const;
