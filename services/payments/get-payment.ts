import type { Kysely } from 'kysely';
import { ServiceError } from '#services/kit/errors.ts';
import type { User } from '#services/kit/tokens.ts';
import { toPaymentView, type PaymentView } from './payment-view.ts';
import type { PaymentsTables } from './tables.ts';

export async function getPayment(db: Kysely<PaymentsTables>, user: User, id: string): Promise<PaymentView> {
  const row = await db
    .selectFrom('payments')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', user.id)
    .executeTakeFirst();
  if (!row) throw new ServiceError('NOT_FOUND', 'There is no such payment.');
  return toPaymentView(row);
}
