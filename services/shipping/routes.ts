import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Counter } from 'prom-client';
import { z } from 'zod';
import { verifyBearer } from '#services/kit/tokens.ts';
import { createShipment, CreateShipmentInput } from './create-shipment.ts';
import { getShipment } from './get-shipment.ts';
import type { ShippingTables } from './tables.ts';

const OrderParams = z.object({ orderId: z.uuid() });

export interface ShippingRoutesOptions {
  db: Kysely<ShippingTables>;
  jwtSecret: string;
  shipments: Counter;
}

export function addShippingRoutes(app: FastifyInstance, { db, jwtSecret, shipments }: ShippingRoutesOptions): void {
  app.get('/shipments/:orderId', async ({ headers, params }) => {
    const user = await verifyBearer(jwtSecret, headers.authorization);
    return getShipment(db, user, OrderParams.parse(params).orderId);
  });
  app.post('/internal/shipments', async ({ body, log }, reply) => {
    const input = CreateShipmentInput.parse(body);
    const { id, isNew } = await createShipment(db, input);
    if (isNew) {
      shipments.inc();
      log.info({ orderId: input.orderId, shipmentId: id }, 'a shipment is being packed');
    }
    return reply.status(isNew ? 201 : 200).send({ id });
  });
}
