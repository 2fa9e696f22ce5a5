import type { PayloadOf } from '#services/kit/events/contracts.ts';
import type { NotificationKind } from './notification.ts';

export interface Words {
  kind: NotificationKind;
  title: string;
  body: string;
}

/** The events that customers are told of. */
export type ToldType =
  | 'order.received.v1'
  | 'order.paid.v1'
  | 'order.delivered.v1'
  | 'order.cancelled.v1'
  | 'payment.refunded.v1'
  | 'shipment.dispatched.v1';

/** What an event means for the customer, in words. */
export const WORDS: { [Type in ToldType]: (payload: PayloadOf<Type>) => Words } = {
  'order.received.v1': ({ orderId, items }) => {
    const count = items.reduce((sum, { quantity }) => sum + quantity, 0);
    const what = count === 1 ? 'one article' : `${count} articles`;
    return { kind: 'order_received', title: 'We have your order', body: `${shorten(orderId)}: ${what}.` };
  },
  'order.paid.v1': ({ orderId, amountCents }) => ({
    kind: 'order_paid',
    title: 'Your payment has arrived',
    body: `${amount(amountCents)} for ${shorten(orderId)}.`,
  }),
  'shipment.dispatched.v1': ({ orderId }) => ({
    kind: 'order_dispatched',
    title: 'Your parcel is on its way',
    body: `The carrier has taken ${shorten(orderId)}.`,
  }),
  'order.delivered.v1': ({ orderId }) => ({
    kind: 'order_delivered',
    title: 'Your order is complete',
    body: `${shorten(orderId)} was handed over.`,
  }),
  'order.cancelled.v1': ({ orderId, reason, refund }) => ({
    kind: 'order_cancelled',
    title: 'Your order was cancelled',
    body: `${shorten(orderId)}: ${reason}.${refund ? ' What you paid comes back.' : ''}`,
  }),
  'payment.refunded.v1': ({ orderId, amountCents }) => ({
    kind: 'payment_refunded',
    title: 'Your money is on its way back',
    body: `${amount(amountCents)} for ${shorten(orderId)}.`,
  }),
};

function amount(cents: number): string {
  return `${(cents / 100).toFixed(2)} EUR`;
}

/** As people say it on the telephone. */
function shorten(orderId: string): string {
  return `order ${orderId.slice(0, 8)}`;
}
