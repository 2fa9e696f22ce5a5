import { z } from 'zod';
import { PaymentStatus, type PaymentRow } from './tables.ts';

/** A payment as its payer sees it. */
export const PaymentView = z.object({
  id: z.uuid(),
  orderId: z.uuid(),
  status: PaymentStatus,
  amountCents: z.int(),
  currency: z.string(),
  cardLast4: z.string(),
  declineReason: z.string().nullable(),
  createdAt: z.date(),
});
export type PaymentView = z.infer<typeof PaymentView>;

export function toPaymentView(row: PaymentRow): PaymentView {
  return {
    id: row.id,
    orderId: row.order_id,
    status: row.status,
    amountCents: row.amount_cents,
    currency: row.currency,
    cardLast4: row.card_last4,
    declineReason: row.decline_reason,
    createdAt: row.created_at,
  };
}
