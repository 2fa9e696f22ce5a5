import { z } from 'zod';
import { nameOf } from './event.ts';

const orderId = z.uuid();
const paymentId = z.uuid();
const amountCents = z.number().int().positive();
const quantity = z.number().int().positive();
const productId = z.string();

/**
 * What the fleet says to itself. A type never changes its meaning: another shape is another version, and consumers go on
 * handling the old one for as long as it lies in any log.
 */
export const CONTRACTS = {
  'order.received.v1': z.object({ orderId, userId: z.uuid(), items: z.array(z.object({ productId, quantity })) }),
  'order.created.v1': z.object({
    orderId,
    userId: z.uuid(),
    totalCents: amountCents,
    items: z.array(z.object({ productId, quantity })),
  }),
  /** Since prices are told by line, each with the order's currency. */
  'order.created.v2': z.object({
    orderId,
    userId: z.uuid(),
    total: z.object({ cents: amountCents, currency: z.string().length(3) }),
    items: z.array(z.object({ productId, quantity, unitPriceCents: amountCents })),
  }),
  'order.reserved.v1': z.object({ orderId }),
  'order.paid.v1': z.object({ orderId, paymentId, amountCents }),
  'order.shipped.v1': z.object({ orderId, shipmentId: z.uuid() }),
  'order.delivered.v1': z.object({ orderId, shipmentId: z.uuid() }),
  'order.cancelled.v1': z.object({ orderId, reason: z.string(), refund: z.boolean() }),
  'order.released.v1': z.object({ orderId }),
  'order.refunded.v1': z.object({ orderId, paymentId, amountCents }),
  'payment.refunded.v1': z.object({ orderId, paymentId, amountCents, reason: z.string() }),
  'shipment.dispatched.v1': z.object({ orderId, shipmentId: z.uuid() }),
} as const;

export type EventType = keyof typeof CONTRACTS;
export type PayloadOf<Type extends EventType> = z.infer<(typeof CONTRACTS)[Type]>;

export function isKnownType(type: string): type is EventType {
  return Object.hasOwn(CONTRACTS, type);
}

/** All that the fleet speaks of, whatever the version. */
export const EVENT_NAMES: readonly string[] = [...new Set(Object.keys(CONTRACTS).map(nameOf))];
