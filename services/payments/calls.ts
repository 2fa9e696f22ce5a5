import { z } from 'zod';
import type { ServiceCall } from '#services/kit/call-service.ts';

// What payments asks of orders, each with the fields that it reads. `contracts.ts` has orders keep to it.

const OrderToPay = z.object({ userId: z.uuid(), status: z.string(), totalCents: z.number().int().positive() });
export type OrderToPay = z.infer<typeof OrderToPay>;
const Told = z.object({ status: z.string() });

export function askOrder(orderId: string): ServiceCall<OrderToPay> {
  return { service: 'orders', method: 'GET', path: `/internal/orders/${orderId}`, answer: OrderToPay };
}

export function tellPaid(orderId: string, paid: { paymentId: string; amountCents: number }): ServiceCall<unknown> {
  return {
    service: 'orders',
    method: 'POST',
    path: `/internal/orders/${orderId}/paid`,
    body: paid,
    answer: Told,
    idempotent: true,
    // Orders goes on to the warehouse and to shipping before it answers.
    timeoutMs: 4_000,
  };
}

export function tellDeclined(orderId: string, reason: string): ServiceCall<unknown> {
  return {
    service: 'orders',
    method: 'POST',
    path: `/internal/orders/${orderId}/cancel`,
    body: { reason: `payment failed: ${reason}` },
    answer: Told,
    idempotent: true,
  };
}
