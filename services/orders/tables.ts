import type { Generated, Selectable } from 'kysely';
import { z } from 'zod';
import type { EventTables } from '#services/kit/events/tables.ts';
import type { IdempotencyTables } from '#services/kit/idempotency/tables.ts';
import type { SagaData, SagaState } from './saga.ts';

export const OrderStatus = z.enum(['pending', 'paid', 'shipped', 'cancelled']);
export type OrderStatus = z.infer<typeof OrderStatus>;

export interface OrdersTables extends EventTables, IdempotencyTables {
  orders: {
    id: string;
    user_id: string;
    status: OrderStatus;
    total_cents: number;
    currency: Generated<string>;
    cancel_reason: string | null;
    payment_id: string | null;
    shipment_id: string | null;
    stock_released_at: Date | null;
    created_at: Generated<Date>;
    updated_at: Generated<Date>;
    trace_id: string;
  };
  items: {
    order_id: string;
    line: number;
    product_id: string;
    name: string;
    quantity: number;
    unit_price_cents: number;
    created_at: Generated<Date>;
    trace_id: string;
  };
  sagas: {
    order_id: string;
    user_id: string;
    state: SagaState;
    version: number;
    data: SagaData;
    created_at: Generated<Date>;
    updated_at: Generated<Date>;
    trace_id: string;
  };
  history: {
    order_id: string;
    version: number;
    type: string;
    payload: unknown;
    occurred_at: Generated<Date>;
    trace_id: string;
  };
}

export type OrderRow = Selectable<OrdersTables['orders']>;
