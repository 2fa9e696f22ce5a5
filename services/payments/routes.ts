import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ServiceError } from '#services/kit/errors.ts';
import { readIdempotencyKey } from '#services/kit/idempotency/idempotency-key.ts';
import { verifyBearer } from '#services/kit/tokens.ts';
import type { PaymentsContext } from './context.ts';
import { getPayment } from './get-payment.ts';
import { listPayments, ListPaymentsInput } from './list-payments.ts';
import { payOrder, PayOrderInput } from './pay-order.ts';
import { toPaymentView } from './payment-view.ts';

const PaymentParams = z.object({ id: z.uuid() });

export interface PaymentRoutesOptions extends Omit<PaymentsContext, 'id' | 'log' | 'authorization'> {
  jwtSecret: string;
}

export function addPaymentRoutes(app: FastifyInstance, { jwtSecret, ...shared }: PaymentRoutesOptions): void {
  const userOf = ({ headers }: FastifyRequest) => verifyBearer(jwtSecret, headers.authorization);

  app.post('/payments', async (request, reply) => {
    const user = await userOf(request);
    const key = readIdempotencyKey(request.headers);
    if (key === undefined)
      throw new ServiceError('BAD_REQUEST', 'A payment needs an Idempotency-Key, the same for each try.');
    const { id, log } = request;
    const payment = await payOrder({ ...shared, id, log }, user, key, PayOrderInput.parse(request.body));
    return reply.status(201).send(toPaymentView(payment));
  });
  app.get('/payments', async (request) => ({
    payments: await listPayments(shared.db, await userOf(request), ListPaymentsInput.parse(request.query)),
  }));
  app.get('/payments/:id', async (request) => {
    const user = await userOf(request);
    return getPayment(shared.db, user, PaymentParams.parse(request.params).id);
  });
}
