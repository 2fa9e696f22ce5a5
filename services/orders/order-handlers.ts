import type { Handlers } from '#services/kit/events/handlers.ts';
import { recordStep } from './record-step.ts';
import type { OrdersTables } from './tables.ts';

/** What orders hears of others. Events of orders that it does not know are not its own: a check finds what caused them. */
export const orderHandlers: Handlers<OrdersTables> = {
  'shipment.dispatched.v1': async (trx, { payload, correlationId }) => {
    const { orderId } = payload;
    if (await recordStep(trx, orderId, { type: 'order.delivered.v1', payload }, correlationId)) return;
    const saga = await trx.selectFrom('sagas').select('data').where('order_id', '=', orderId).executeTakeFirst();
    // The carrier was quicker than the answer about the shipment; the settling job asks again.
    if (saga?.data.status === 'paid') throw new Error(`Order ${orderId} does not know of its shipment yet.`);
  },
  'payment.refunded.v1': async (trx, { payload: { orderId, paymentId, amountCents }, correlationId }) => {
    const payload = { orderId, paymentId, amountCents };
    await recordStep(trx, orderId, { type: 'order.refunded.v1', payload }, correlationId);
  },
};
