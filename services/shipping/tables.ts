import type { Generated } from 'kysely';
import type { EventTables } from '#services/kit/events/tables.ts';

export interface ShippingTables extends EventTables {
  shipments: {
    id: string;
    order_id: string;
    user_id: string;
    status: 'preparing' | 'dispatched';
    carrier: string;
    tracking_code: string;
    created_at: Generated<Date>;
    updated_at: Generated<Date>;
    trace_id: string;
  };
}
