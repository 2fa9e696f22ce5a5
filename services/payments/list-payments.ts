import type { Kysely } from 'kysely';
import { z } from 'zod';
import { listInput, Total } from '#services/kit/lists/list-input.ts';
import { readPage } from '#services/kit/lists/read-page.ts';
import type { User } from '#services/kit/tokens.ts';
import { PaymentView, toPaymentView } from './payment-view.ts';
import { PaymentStatus, type PaymentsTables } from './tables.ts';

export const ListPaymentsInput = listInput(['createdAt', 'amountCents'], '-createdAt', {
  orderId: z.uuid().optional(),
  status: PaymentStatus.optional(),
});

export const Payments = z.object({ payments: z.array(PaymentView), total: Total });

export async function listPayments(
  db: Kysely<PaymentsTables>,
  user: User,
  { orderId, status, ...page }: z.output<typeof ListPaymentsInput>,
): Promise<z.infer<typeof Payments>> {
  let query = db.selectFrom('payments').selectAll().where('user_id', '=', user.id);
  if (orderId !== undefined) query = query.where('order_id', '=', orderId);
  if (status !== undefined) query = query.where('status', '=', status);
  const { rows, total } = await readPage(query, { createdAt: 'created_at', amountCents: 'amount_cents' }, page);
  return { payments: rows.map(toPaymentView), total };
}
