import type { PaymentRow, PaymentStatus } from './tables.ts';

/** A payment as its payer sees it. */
export interface PaymentView {
  id: string;
  orderId: string;
  status: PaymentStatus;
  amountCents: number;
  currency: string;
  cardLast4: string;
  declineReason: string | null;
  createdAt: Date;
}

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
