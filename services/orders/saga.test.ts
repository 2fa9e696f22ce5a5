import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { NOTHING, replaySteps, takeStep, type Step, type StepType } from './saga.ts';

const orderId = randomUUID();
const userId = randomUUID();
const paymentId = randomUUID();
const shipmentId = randomUUID();
const items = [{ productId: 'tamper', quantity: 2 }];
const STEPS = {
  received: { type: 'order.received.v1', payload: { orderId, userId, items } },
  old: { type: 'order.created.v1', payload: { orderId, userId, totalCents: 7_800, items } },
  created: {
    type: 'order.created.v2',
    payload: {
      orderId,
      userId,
      total: { cents: 7_800, currency: 'EUR' },
      items: [{ productId: 'tamper', quantity: 2, unitPriceCents: 3_900 }],
    },
  },
  reserved: { type: 'order.reserved.v1', payload: { orderId } },
  paid: { type: 'order.paid.v1', payload: { orderId, paymentId, amountCents: 7_800 } },
  shipped: { type: 'order.shipped.v1', payload: { orderId, shipmentId } },
  delivered: { type: 'order.delivered.v1', payload: { orderId, shipmentId } },
  cancelled: { type: 'order.cancelled.v1', payload: { orderId, reason: 'changed my mind', refund: false } },
  withdrawn: { type: 'order.cancelled.v1', payload: { orderId, reason: 'the goods are gone', refund: true } },
  released: { type: 'order.released.v1', payload: { orderId } },
  refunded: { type: 'order.refunded.v1', payload: { orderId, paymentId, amountCents: 7_800 } },
} satisfies Record<string, { type: StepType; payload: unknown }> as Record<string, Step>;
type Name = keyof typeof STEPS;
const play = (names: string) => replaySteps(names.split(' ').map((name) => STEPS[name as Name]!));

test.each([
  ['received', 'RECEIVED'],
  ['received created', 'ORDER_REQUESTED'],
  ['received created reserved', 'RESERVED'],
  ['received created reserved paid', 'PAID'],
  ['received created reserved paid shipped', 'PAID'],
  ['received created reserved paid shipped delivered', 'DELIVERED'],
  ['old reserved paid shipped delivered', 'DELIVERED'],
  ['received cancelled', 'CANCELLED'],
  ['received created cancelled', 'COMPENSATING'],
  ['received created cancelled released', 'CANCELLED'],
  ['received created reserved paid withdrawn released', 'COMPENSATING'],
  ['received created reserved paid withdrawn refunded', 'COMPENSATING'],
  ['received created reserved paid withdrawn refunded released', 'CANCELLED'],
])('%s: %s', (names, state) => {
  expect(play(names).state).toBe(state);
});

test('a purchase comes to all that its steps tell', () => {
  expect(play('received created reserved paid shipped delivered')).toEqual({
    state: 'DELIVERED',
    status: 'shipped',
    totalCents: 7_800,
    paymentId,
    shipmentId,
    cancelReason: null,
    awaits: [],
  });
});

test.each([
  ['received created cancelled', 'reserved'],
  ['received created cancelled', 'paid'],
  ['received created reserved paid shipped', 'withdrawn'],
  ['received created reserved paid', 'delivered'],
  ['received created reserved paid', 'paid'],
  ['received created cancelled released', 'released'],
  ['received created cancelled', 'refunded'],
])('after %s no %s', (names, step) => {
  expect(takeStep(play(names), STEPS[step as Name]!)).toBeNull();
});

test('a history that cannot have been is refused', () => {
  expect(() => play('received paid')).toThrow('Step 2, order.paid.v1, cannot follow on RECEIVED.');
  expect(() => replaySteps([{ type: 'payment.refunded.v1', payload: {} }])).toThrow('no step of an order');
  expect(replaySteps([])).toEqual(NOTHING);
});
