import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { authenticateBy } from '#services/kit/authenticate.ts';
import { ServiceError } from '#services/kit/errors.ts';
import { readIdempotencyKey } from '#services/kit/idempotency/idempotency-key.ts';
import { addRoute } from '#services/kit/openapi/add-route.ts';
import type { PaymentsContext } from './context.ts';
import { getPayment } from './get-payment.ts';
import { listPayments, ListPaymentsInput, Payments } from './list-payments.ts';
import { payOrder, PayOrderInput } from './pay-order.ts';
import { PaymentView, toPaymentView } from './payment-view.ts';

const PaymentParams = z.object({ id: z.uuid() });

export interface PaymentRoutesOptions extends Omit<PaymentsContext, 'id' | 'log' | 'authorization'> {
  jwtSecret: string;
}

export function addPaymentRoutes(app: FastifyInstance, { jwtSecret, ...shared }: PaymentRoutesOptions): void {
  const user = authenticateBy(jwtSecret);
  addRoute(app, {
    method: 'POST',
    url: '/payments',
    summary: 'Charges a card with the total of an order, once for each key',
    user,
    idempotencyKey: 'required',
    body: PayOrderInput,
    answers: { 201: PaymentView },
    refusals: {
      402: 'The card was refused.',
      404: 'There is no such order.',
      409: 'The order is not to be paid, or could not be completed and the charge was refunded.',
    },
    handler: async ({ user: payer, body, request: { id, log, headers } }) => {
      const key = readIdempotencyKey(headers);
      if (key === undefined)
        throw new ServiceError('BAD_REQUEST', 'A payment needs an Idempotency-Key, the same for each try.');
      return toPaymentView(await payOrder({ ...shared, id, log }, payer, key, body));
    },
  });
  addRoute(app, {
    method: 'GET',
    url: '/payments',
    summary: 'Own payments, newest first unless asked otherwise',
    user,
    query: ListPaymentsInput,
    answers: { 200: Payments },
    handler: ({ user: payer, query }) => listPayments(shared.db, payer, query),
  });
  addRoute(app, {
    method: 'GET',
    url: '/payments/:id',
    summary: 'One own payment',
    user,
    params: PaymentParams,
    answers: { 200: PaymentView },
    refusals: { 404: 'There is no such payment.' },
    handler: ({ user: payer, params }) => getPayment(shared.db, payer, params.id),
  });
}
