import type { Generated } from 'kysely';

export type ReservationStatus = 'held' | 'committed' | 'released';

export interface InventoryTables {
  stock: {
    product_id: string;
    on_hand: number;
    reserved: Generated<number>;
    created_at: Generated<Date>;
    updated_at: Generated<Date>;
    trace_id: Generated<string>;
  };
  reservations: {
    order_id: string;
    product_id: string;
    quantity: number;
    status: ReservationStatus;
    created_at: Generated<Date>;
    updated_at: Generated<Date>;
    trace_id: string;
  };
  movements: {
    id: Generated<string>;
    product_id: string;
    delta: number;
    reason: 'seed' | 'restock' | 'sale';
    order_id: string | null;
    created_at: Generated<Date>;
    trace_id: string;
  };
}
