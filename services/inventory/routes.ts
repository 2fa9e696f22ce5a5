import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { commitReservation } from './commit-reservation.ts';
import { getStock } from './get-stock.ts';
import { ReleaseReservationInput, releaseReservation } from './release-reservation.ts';
import { reserveStock, ReserveStockInput } from './reserve-stock.ts';
import type { InventoryTables } from './tables.ts';

const ProductParams = z.object({ productId: z.string().max(60) });
const OrderParams = z.object({ orderId: z.uuid() });

export function addInventoryRoutes(app: FastifyInstance, db: Kysely<InventoryTables>): void {
  app.get('/inventory/:productId', async ({ params }) => getStock(db, ProductParams.parse(params).productId));
  app.post('/internal/reservations', async ({ body }, reply) => {
    const input = ReserveStockInput.parse(body);
    await reserveStock(db, input);
    return reply.status(201).send({ orderId: input.orderId, status: 'held' });
  });
  app.post('/internal/reservations/:orderId/commit', async ({ params }) => {
    const { orderId } = OrderParams.parse(params);
    await commitReservation(db, orderId);
    return { orderId, status: 'committed' };
  });
  app.post('/internal/reservations/:orderId/release', async ({ params, body }) => {
    const { orderId } = OrderParams.parse(params);
    await releaseReservation(db, orderId, ReleaseReservationInput.parse(body));
    return { orderId, status: 'released' };
  });
}
