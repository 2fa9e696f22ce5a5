import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { PLANTED_AGE_MS, type Orphan } from '#services/kit/plant-orphan.ts';
import { currentTraceId } from '#services/kit/trace-id.ts';
import type { PaymentsTables } from './tables.ts';

/** Settled, so that no job finds out and refunds it. */
export async function plantPaymentWithoutOrder(db: Kysely<PaymentsTables>): Promise<Orphan> {
  const id = randomUUID();
  const at = new Date(Date.now() - PLANTED_AGE_MS);
  await db
    .insertInto('payments')
    .values({
      id,
      order_id: randomUUID(),
      user_id: randomUUID(),
      amount_cents: 4_200,
      status: 'captured',
      card_last4: '4242',
      idempotency_key: `planted:${id}`,
      settled_at: at,
      created_at: at,
      updated_at: at,
      trace_id: currentTraceId(),
    })
    .execute();
  return { id, table: 'payments.payments' };
}
