import { z } from 'zod';
import { CONTRACTS, isKnownType, type EventType, type PayloadOf } from '#services/kit/events/contracts.ts';
import { OrderStatus } from './tables.ts';

/** The way of a purchase, and the way back from each of its steps. */
export const SagaState = z.enum([
  'RECEIVED',
  'ORDER_REQUESTED',
  'RESERVED',
  'PAID',
  'DELIVERED',
  'COMPENSATING',
  'CANCELLED',
]);
export type SagaState = z.infer<typeof SagaState>;

const Compensation = z.enum(['release', 'refund']);
type Compensation = z.infer<typeof Compensation>;

export const SagaData = z.object({
  state: SagaState,
  /** Of the order, once there is one. */
  status: OrderStatus.nullable(),
  totalCents: z.int().nullable(),
  paymentId: z.string().nullable(),
  shipmentId: z.string().nullable(),
  cancelReason: z.string().nullable(),
  /** What a cancelled order still has to give back. */
  awaits: z.array(Compensation),
});
export type SagaData = z.infer<typeof SagaData>;

export type StepType = Extract<EventType, `order.${string}`>;
export type Step = { [Type in StepType]: { type: Type; payload: PayloadOf<Type> } }[StepType];

/** Before anything happened. */
export const NOTHING: SagaData = {
  state: 'RECEIVED',
  status: null,
  totalCents: null,
  paymentId: null,
  shipmentId: null,
  cancelReason: null,
  awaits: [],
};

const OPEN: readonly SagaState[] = ['ORDER_REQUESTED', 'RESERVED'];

/** What a purchase comes to by a step, or null when the step cannot follow: it happened before, or another way was taken. */
export function takeStep(data: SagaData, { type, payload }: Step): SagaData | null {
  const { state, awaits } = data;
  switch (type) {
    case 'order.received.v1':
      return state === 'RECEIVED' ? data : null;
    case 'order.created.v1':
      return state === 'RECEIVED' ? requested(data, payload.totalCents) : null;
    case 'order.created.v2':
      return state === 'RECEIVED' ? requested(data, payload.total.cents) : null;
    case 'order.reserved.v1':
      return state === 'ORDER_REQUESTED' ? { ...data, state: 'RESERVED' } : null;
    case 'order.paid.v1':
      return OPEN.includes(state) ? { ...data, state: 'PAID', status: 'paid', paymentId: payload.paymentId } : null;
    case 'order.shipped.v1':
      return data.status === 'paid' ? { ...data, status: 'shipped', shipmentId: payload.shipmentId } : null;
    case 'order.delivered.v1':
      return state === 'PAID' && data.status === 'shipped' ? { ...data, state: 'DELIVERED' } : null;
    case 'order.cancelled.v1':
      return cancelled(data, payload);
    case 'order.released.v1':
      return awaits.includes('release') ? givenBack(data, 'release') : null;
    case 'order.refunded.v1':
      return awaits.includes('refund') ? givenBack(data, 'refund') : null;
  }
}

/** What a history comes to; throws where one step cannot follow from those before it. */
export function replaySteps(steps: readonly { type: string; payload: unknown }[]): SagaData {
  return steps.reduce((data: SagaData, step, index) => {
    const next = takeStep(data, parseStep(step));
    if (!next) throw new Error(`Step ${index + 1}, ${step.type}, cannot follow on ${data.state}.`);
    return next;
  }, NOTHING);
}

function parseStep({ type, payload }: { type: string; payload: unknown }): Step {
  if (!isKnownType(type) || !type.startsWith('order.')) throw new Error(`${type} is no step of an order.`);
  // Safe because the type chose the contract.
  return { type, payload: CONTRACTS[type].parse(payload) } as Step;
}

function requested(data: SagaData, totalCents: number): SagaData {
  return { ...data, state: 'ORDER_REQUESTED', status: 'pending', totalCents };
}

function cancelled(data: SagaData, { reason, refund }: PayloadOf<'order.cancelled.v1'>): SagaData | null {
  if (data.state === 'RECEIVED') return { ...data, state: 'CANCELLED', cancelReason: reason };
  if (!OPEN.includes(data.state) && data.status !== 'paid') return null;
  const awaits: Compensation[] = refund ? ['release', 'refund'] : ['release'];
  return { ...data, state: 'COMPENSATING', status: 'cancelled', cancelReason: reason, awaits };
}

function givenBack(data: SagaData, what: Compensation): SagaData {
  const awaits = data.awaits.filter((each) => each !== what);
  return { ...data, awaits, state: awaits.length === 0 ? 'CANCELLED' : 'COMPENSATING' };
}
