import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { authenticateBy } from '#services/kit/authenticate.ts';
import { readIdempotencyKey } from '#services/kit/idempotency/idempotency-key.ts';
import { addRoute } from '#services/kit/openapi/add-route.ts';
import { cancelOrder } from './cancel-order.ts';
import type { OrdersContext } from './context.ts';
import { CreatedOrder, createOrder, CreateOrderInput } from './create-order.ts';
import { getHistory, OrderHistory } from './get-history.ts';
import { getOrder, OrderView } from './get-order.ts';
import { listOrders, ListOrdersInput, Orders } from './list-orders.ts';
import { markPaid, MarkPaidInput } from './mark-paid.ts';
import { placeOrder } from './place-order.ts';
import { OrderStatus } from './tables.ts';

const OrderParams = z.object({ id: z.uuid() });
const UNKNOWN = { 404: 'There is no such order.' };
const CancelInput = z.strictObject({ reason: z.string().min(1).max(100) });

export interface OrderRoutesOptions extends Omit<OrdersContext, 'id' | 'log' | 'authorization'> {
  jwtSecret: string;
}

/** `/internal/*` is for the fleet: the gateway does not pass it on. */
export function addOrderRoutes(app: FastifyInstance, options: OrderRoutesOptions): void {
  const { jwtSecret, ...shared } = options;
  const user = authenticateBy(jwtSecret);
  const contextOf = ({ id, log }: FastifyRequest): OrdersContext => ({ ...shared, id, log });

  addRoute(app, {
    method: 'POST',
    url: '/orders',
    summary: 'Places an order and holds its goods; once, if it has a key',
    user,
    idempotencyKey: 'optional',
    body: CreateOrderInput,
    answers: { 201: CreatedOrder },
    refusals: { 409: 'Not enough in stock, or a request with this key is under way.' },
    handler: async ({ user: customer, body, request, reply }) => {
      const key = readIdempotencyKey(request.headers);
      if (key === undefined) return createOrder(contextOf(request), customer, body);
      const { order, isReplayed } = await placeOrder(contextOf(request), customer, key, body);
      if (isReplayed) reply.header('idempotent-replayed', 'true');
      return order;
    },
  });
  addRoute(app, {
    method: 'GET',
    url: '/orders',
    summary: 'Own orders, newest first unless asked otherwise',
    user,
    query: ListOrdersInput,
    answers: { 200: Orders },
    handler: ({ user: customer, query }) => listOrders(shared.db, customer, query),
  });
  addRoute(app, {
    method: 'GET',
    url: '/orders/:id',
    summary: 'One own order',
    user,
    params: OrderParams,
    answers: { 200: OrderView },
    refusals: UNKNOWN,
    handler: ({ user: customer, params }) => getOrder(shared.db, params.id, customer.id),
  });
  addRoute(app, {
    method: 'GET',
    url: '/orders/:id/history',
    summary: 'Everything that happened to one own order',
    user,
    params: OrderParams,
    answers: { 200: OrderHistory },
    refusals: UNKNOWN,
    handler: ({ user: customer, params }) => getHistory(shared.db, params.id, customer.id),
  });
  addInternalRoutes(app, shared.db, contextOf);
}

function addInternalRoutes(
  app: FastifyInstance,
  db: OrdersContext['db'],
  contextOf: (request: FastifyRequest) => OrdersContext,
): void {
  addRoute(app, {
    method: 'GET',
    url: '/internal/orders/:id/history',
    summary: 'Everything that happened to an order',
    params: OrderParams,
    answers: { 200: OrderHistory },
    refusals: UNKNOWN,
    handler: ({ params }) => getHistory(db, params.id),
  });
  addRoute(app, {
    method: 'GET',
    url: '/internal/orders/:id',
    summary: 'An order, whosever it is',
    params: OrderParams,
    answers: { 200: OrderView },
    refusals: UNKNOWN,
    handler: ({ params }) => getOrder(db, params.id),
  });
  addRoute(app, {
    method: 'POST',
    url: '/internal/orders/:id/paid',
    summary: 'Takes note of a payment and sends the goods',
    params: OrderParams,
    body: MarkPaidInput,
    answers: { 200: z.object({ id: z.uuid(), status: OrderStatus }) },
    refusals: { ...UNKNOWN, 409: 'The order is not to be paid, or not by that much.' },
    handler: async ({ params: { id }, body, request }) => ({
      id,
      status: await markPaid(contextOf(request), id, body),
    }),
  });
  addRoute(app, {
    method: 'POST',
    url: '/internal/orders/:id/cancel',
    summary: 'Cancels an order that is not paid',
    params: OrderParams,
    body: CancelInput,
    answers: { 200: z.object({ id: z.uuid(), status: z.literal('cancelled') }) },
    refusals: { ...UNKNOWN, 409: 'The order is paid already.' },
    handler: async ({ params: { id }, body, request }) => {
      await cancelOrder(contextOf(request), id, body);
      return { id, status: 'cancelled' as const };
    },
  });
}
