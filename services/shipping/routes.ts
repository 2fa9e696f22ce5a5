import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Counter } from 'prom-client';
import { z } from 'zod';
import { authenticateBy } from '#services/kit/authenticate.ts';
import { addRoute } from '#services/kit/openapi/add-route.ts';
import { createShipment, CreateShipmentInput } from './create-shipment.ts';
import { getShipment } from './get-shipment.ts';
import { listShipments, ListShipmentsInput, Shipments } from './list-shipments.ts';
import { ShipmentView } from './shipment-view.ts';
import type { ShippingTables } from './tables.ts';

const OrderParams = z.object({ orderId: z.uuid() });
const Made = z.object({ id: z.uuid() });

export interface ShippingRoutesOptions {
  db: Kysely<ShippingTables>;
  jwtSecret: string;
  shipments: Counter;
}

export function addShippingRoutes(app: FastifyInstance, { db, jwtSecret, shipments }: ShippingRoutesOptions): void {
  const user = authenticateBy(jwtSecret);
  addRoute(app, {
    method: 'GET',
    url: '/shipments',
    summary: 'Own shipments, newest first unless asked otherwise',
    user,
    query: ListShipmentsInput,
    answers: { 200: Shipments },
    handler: ({ user: customer, query }) => listShipments(db, customer, query),
  });
  addRoute(app, {
    method: 'GET',
    url: '/shipments/:orderId',
    summary: 'Where the goods of an order are',
    user,
    params: OrderParams,
    answers: { 200: ShipmentView },
    refusals: { 404: 'Nothing was sent for this order yet.' },
    handler: ({ user: customer, params }) => getShipment(db, customer, params.orderId),
  });
  addRoute(app, {
    method: 'POST',
    url: '/internal/shipments',
    summary: 'Sends the goods of an order, once',
    body: CreateShipmentInput,
    answers: { 201: Made, 200: Made },
    handler: async ({ body, request: { log }, reply }) => {
      const { id, isNew } = await createShipment(db, body);
      if (isNew) {
        shipments.inc();
        log.info({ orderId: body.orderId, shipmentId: id }, 'a shipment is being packed');
      }
      reply.status(isNew ? 201 : 200);
      return { id };
    },
  });
}
