import { randomUUID } from 'node:crypto';
import type { Contract } from '#services/kit/contract/contract.ts';
import { askOrder, tellDeclined, tellPaid } from './calls.ts';

interface Order {
  orderId: string;
  totalCents: number;
}
interface PaidOrder extends Order {
  paymentId: string;
}

const consumer = 'payments';

const ofOrders: Contract<PaidOrder>[] = [
  {
    consumer,
    needs: 'whose order it is, how it stands and what it costs',
    given: 'an order',
    call: ({ orderId }) => askOrder(orderId),
    status: 200,
  },
  {
    consumer,
    needs: 'to be told that there is no such order',
    given: 'an order',
    call: () => askOrder(randomUUID()),
    status: 404,
  },
  {
    consumer,
    needs: 'an order marked as paid',
    given: 'an order',
    call: ({ orderId, totalCents }) => tellPaid(orderId, { paymentId: randomUUID(), amountCents: totalCents }),
    status: 200,
  },
  {
    consumer,
    needs: 'to tell of the same payment again',
    given: 'a paid order',
    call: ({ orderId, totalCents, paymentId }) => tellPaid(orderId, { paymentId, amountCents: totalCents }),
    status: 200,
  },
  {
    consumer,
    needs: 'a second payment refused, so that it is given back',
    given: 'a paid order',
    call: ({ orderId, totalCents }) => tellPaid(orderId, { paymentId: randomUUID(), amountCents: totalCents }),
    status: 409,
  },
  {
    consumer,
    needs: 'a payment of an order that is not there refused',
    given: 'an order',
    call: ({ totalCents }) => tellPaid(randomUUID(), { paymentId: randomUUID(), amountCents: totalCents }),
    status: 404,
  },
  {
    consumer,
    needs: 'an order cancelled whose card was declined',
    given: 'an order',
    call: ({ orderId }) => tellDeclined(orderId, 'expired card'),
    status: 200,
  },
  {
    consumer,
    needs: 'a paid order not cancelled',
    given: 'a paid order',
    call: ({ orderId }) => tellDeclined(orderId, 'expired card'),
    status: 409,
  },
];

export const contracts: Record<string, readonly Contract[]> = { orders: ofOrders };
