import type { Kysely } from 'kysely';
import { publishEvent } from '#services/kit/events/publish-event.ts';
import { currentTraceId } from '#services/kit/trace-id.ts';
import { NOTHING, takeStep, type SagaData, type Step, type StepType } from './saga.ts';
import type { OrdersTables } from './tables.ts';

/**
 * Writes a step of a purchase by the caller's transaction: into its history, into its state, and into the outbox. False when
 * the step cannot follow, and then nothing is written; so too for an order that somebody wrote past this service.
 */
export async function recordStep<Type extends StepType>(
  trx: Kysely<OrdersTables>,
  orderId: string,
  step: Extract<Step, { type: Type }>,
  correlationId: string,
): Promise<boolean> {
  const saga = await trx
    .selectFrom('sagas')
    .select(['version', 'data'])
    .where('order_id', '=', orderId)
    .forUpdate()
    .executeTakeFirst();
  const data = saga && takeStep(saga.data, step);
  if (!data) return false;
  const version = saga.version + 1;
  await trx
    .updateTable('sagas')
    .set({ state: data.state, data: toJson(data), version, updated_at: new Date() })
    .where('order_id', '=', orderId)
    .execute();
  await append(trx, orderId, version, step, correlationId);
  return true;
}

/** The first step, which makes the saga. */
export async function beginSaga(
  trx: Kysely<OrdersTables>,
  { orderId, userId }: { orderId: string; userId: string },
  step: Extract<Step, { type: 'order.received.v1' }>,
  correlationId: string,
): Promise<void> {
  await trx
    .insertInto('sagas')
    .values({
      order_id: orderId,
      user_id: userId,
      state: NOTHING.state,
      version: 1,
      data: toJson(NOTHING),
      trace_id: currentTraceId(),
    })
    .execute();
  await append(trx, orderId, 1, step, correlationId);
}

async function append(
  trx: Kysely<OrdersTables>,
  orderId: string,
  version: number,
  { type, payload }: Step,
  correlationId: string,
): Promise<void> {
  await trx
    .insertInto('history')
    .values({ order_id: orderId, version, type, payload: JSON.stringify(payload), trace_id: currentTraceId() })
    .execute();
  await publishEvent(trx, { type, key: orderId, payload, correlationId });
}

/** The driver makes JSON of it; its type is that of what comes back. */
function toJson(data: SagaData): SagaData {
  return JSON.stringify(data) as unknown as SagaData;
}
