import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { User } from '#services/kit/tokens.ts';
import { toPaymentView, type PaymentView } from './payment-view.ts';
import type { PaymentsTables } from './tables.ts';

const PAYMENTS_MAX = 50;

export const ListPaymentsInput = z.strictObject({ orderId: z.uuid().optional() });

export async function listPayments(
  db: Kysely<PaymentsTables>,
  user: User,
  { orderId }: z.infer<typeof ListPaymentsInput>,
): Promise<PaymentView[]> {
  let query = db.selectFrom('payments').selectAll().where('user_id', '=', user.id);
  if (orderId !== undefined) query = query.where('order_id', '=', orderId);
  const rows = await query.orderBy('created_at', 'desc').limit(PAYMENTS_MAX).execute();
  return rows.map(toPaymentView);
}
