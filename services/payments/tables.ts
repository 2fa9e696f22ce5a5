import type { Generated, Selectable } from 'kysely';
import { z } from 'zod';
import type { EventTables } from '#services/kit/events/tables.ts';

export const PaymentStatus = z.enum(['captured', 'declined', 'refunded']);
export type PaymentStatus = z.infer<typeof PaymentStatus>;

export interface PaymentsTables extends EventTables {
  payments: {
    id: string;
    order_id: string;
    user_id: string;
    amount_cents: number;
    currency: Generated<string>;
    status: PaymentStatus;
    card_last4: string;
    decline_reason: string | null;
    idempotency_key: string;
    settled_at: Date | null;
    created_at: Generated<Date>;
    updated_at: Generated<Date>;
    trace_id: string;
  };
  refunds: {
    id: string;
    payment_id: string;
    amount_cents: number;
    reason: string;
    created_at: Generated<Date>;
    trace_id: string;
  };
}

export type PaymentRow = Selectable<PaymentsTables['payments']>;
