import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { authenticateAdminBy } from '#services/kit/authenticate.ts';
import { addRoute } from '#services/kit/openapi/add-route.ts';
import { commitReservation } from './commit-reservation.ts';
import { getStock, Stock } from './get-stock.ts';
import { receiveDelivery, ReceiveDeliveryInput } from './receive-delivery.ts';
import { ReleaseReservationInput, releaseReservation } from './release-reservation.ts';
import { reserveStock, ReserveStockInput } from './reserve-stock.ts';
import type { InventoryTables } from './tables.ts';

const ProductParams = z.object({ productId: z.string().max(60) });
const OrderParams = z.object({ orderId: z.uuid() });

export interface InventoryRoutesOptions {
  db: Kysely<InventoryTables>;
  jwtSecret: string;
}

export function addInventoryRoutes(app: FastifyInstance, { db, jwtSecret }: InventoryRoutesOptions): void {
  addRoute(app, {
    method: 'GET',
    url: '/inventory/:productId',
    summary: 'How many of a product can be had',
    params: ProductParams,
    answers: { 200: Stock },
    refusals: { 404: 'The warehouse has no such product.' },
    handler: ({ params }) => getStock(db, params.productId),
  });
  addRoute(app, {
    method: 'POST',
    url: '/inventory/:productId/deliveries',
    summary: 'Puts goods that arrived on their shelf',
    user: authenticateAdminBy(jwtSecret),
    params: ProductParams,
    body: ReceiveDeliveryInput,
    answers: { 201: Stock },
    refusals: { 403: 'Only an administrator may do this.', 404: 'The warehouse has no such product.' },
    handler: async ({ user, params, body, request: { log } }) => {
      const stock = await receiveDelivery(db, params.productId, body);
      log.info({ userId: user.id, ...params, ...body }, 'goods arrived');
      return stock;
    },
  });
  addRoute(app, {
    method: 'POST',
    url: '/internal/reservations',
    summary: 'Holds the items of an order, all or none',
    body: ReserveStockInput,
    answers: { 201: z.object({ orderId: z.uuid(), status: z.literal('held') }) },
    refusals: { 409: 'Not enough in stock, or the reservation of this order is over.' },
    handler: async ({ body }) => {
      await reserveStock(db, body);
      return { orderId: body.orderId, status: 'held' as const };
    },
  });
  addRoute(app, {
    method: 'POST',
    url: '/internal/reservations/:orderId/commit',
    summary: 'Takes what was held out of the warehouse',
    params: OrderParams,
    answers: { 200: z.object({ orderId: z.uuid(), status: z.literal('committed') }) },
    refusals: { 409: 'Nothing is held for this order.' },
    handler: async ({ params: { orderId } }) => {
      await commitReservation(db, orderId);
      return { orderId, status: 'committed' as const };
    },
  });
  addRoute(app, {
    method: 'POST',
    url: '/internal/reservations/:orderId/release',
    summary: 'Gives back what was held',
    params: OrderParams,
    body: ReleaseReservationInput,
    answers: { 200: z.object({ orderId: z.uuid(), status: z.literal('released') }) },
    refusals: { 409: 'The goods of this order have left the warehouse.' },
    handler: async ({ params: { orderId }, body }) => {
      await releaseReservation(db, orderId, body);
      return { orderId, status: 'released' as const };
    },
  });
}
