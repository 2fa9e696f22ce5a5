import { z } from 'zod';
import type { ServiceCall } from '#services/kit/call-service.ts';

// What orders asks of others, each with the fields that it reads. `contracts.ts` has their owners keep to it.

const PricedProducts = z.object({
  products: z.array(z.object({ id: z.string(), name: z.string(), priceCents: z.number().int() })),
});

interface Wanted {
  productId: string;
  quantity: number;
}

export function askPrices(productIds: readonly string[]): ServiceCall<z.infer<typeof PricedProducts>> {
  return {
    service: 'catalog',
    method: 'GET',
    path: `/products?ids=${productIds.join(',')}`,
    answer: PricedProducts,
    rpc: { name: 'switchyard.catalog.v1.ProductLookup/LookUp', request: { ids: productIds } },
  };
}

export function holdGoods(orderId: string, items: readonly Wanted[]): ServiceCall<unknown> {
  return {
    service: 'inventory',
    method: 'POST',
    path: '/internal/reservations',
    body: { orderId, items: items.map(({ productId, quantity }) => ({ productId, quantity })) },
    answer: z.object({ status: z.literal('held') }),
    idempotent: true,
  };
}

export function releaseGoods(orderId: string, items: readonly Wanted[]): ServiceCall<unknown> {
  return {
    service: 'inventory',
    method: 'POST',
    path: `/internal/reservations/${orderId}/release`,
    body: { items },
    answer: z.object({ status: z.literal('released') }),
    idempotent: true,
  };
}

export function takeOutGoods(orderId: string): ServiceCall<unknown> {
  return {
    service: 'inventory',
    method: 'POST',
    path: `/internal/reservations/${orderId}/commit`,
    answer: z.object({ status: z.literal('committed') }),
    idempotent: true,
  };
}

export function sendGoods(orderId: string, userId: string): ServiceCall<{ id: string }> {
  return {
    service: 'shipping',
    method: 'POST',
    path: '/internal/shipments',
    body: { orderId, userId },
    answer: z.object({ id: z.uuid() }),
    idempotent: true,
  };
}
