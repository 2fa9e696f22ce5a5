import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readIdempotencyKey } from '#services/kit/idempotency/idempotency-key.ts';
import { verifyBearer } from '#services/kit/tokens.ts';
import { cancelOrder } from './cancel-order.ts';
import type { OrdersContext } from './context.ts';
import { createOrder, CreateOrderInput } from './create-order.ts';
import { getHistory } from './get-history.ts';
import { getOrder } from './get-order.ts';
import { listOrders, ListOrdersInput } from './list-orders.ts';
import { markPaid, MarkPaidInput } from './mark-paid.ts';
import { placeOrder } from './place-order.ts';

const OrderParams = z.object({ id: z.uuid() });
const CancelInput = z.strictObject({ reason: z.string().min(1).max(100) });

export interface OrderRoutesOptions extends Omit<OrdersContext, 'id' | 'log' | 'authorization'> {
  jwtSecret: string;
}

/** `/internal/*` is for the fleet: the gateway does not pass it on. */
export function addOrderRoutes(app: FastifyInstance, { jwtSecret, ...shared }: OrderRoutesOptions): void {
  const contextOf = ({ id, log }: FastifyRequest): OrdersContext => ({ ...shared, id, log });
  const userOf = ({ headers }: FastifyRequest) => verifyBearer(jwtSecret, headers.authorization);

  app.post('/orders', async (request, reply) => {
    const user = await userOf(request);
    const input = CreateOrderInput.parse(request.body);
    const key = readIdempotencyKey(request.headers);
    if (key === undefined) return reply.status(201).send(await createOrder(contextOf(request), user, input));
    const { order, isReplayed } = await placeOrder(contextOf(request), user, key, input);
    if (isReplayed) reply.header('idempotent-replayed', 'true');
    return reply.status(201).send(order);
  });
  app.get('/orders', async (request) => ({
    orders: await listOrders(shared.db, await userOf(request), ListOrdersInput.parse(request.query)),
  }));
  app.get('/orders/:id', async (request) => {
    const user = await userOf(request);
    return getOrder(shared.db, OrderParams.parse(request.params).id, user.id);
  });
  app.get('/orders/:id/history', async (request) => {
    const user = await userOf(request);
    return getHistory(shared.db, OrderParams.parse(request.params).id, user.id);
  });

  app.get('/internal/orders/:id/history', async ({ params }) => getHistory(shared.db, OrderParams.parse(params).id));
  app.get('/internal/orders/:id', async ({ params }) => getOrder(shared.db, OrderParams.parse(params).id));
  app.post('/internal/orders/:id/paid', async (request) => {
    const { id } = OrderParams.parse(request.params);
    return { id, status: await markPaid(contextOf(request), id, MarkPaidInput.parse(request.body)) };
  });
  app.post('/internal/orders/:id/cancel', async (request) => {
    const { id } = OrderParams.parse(request.params);
    await cancelOrder(contextOf(request), id, { reason: CancelInput.parse(request.body).reason });
    return { id, status: 'cancelled' };
  });
}
