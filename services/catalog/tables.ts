import type { Generated } from 'kysely';
import type { EventTables } from '#services/kit/events/tables.ts';

export interface CatalogTables extends EventTables {
  products: {
    id: string;
    name: string;
    description: string;
    category: string;
    price_cents: number;
    currency: Generated<string>;
    active: Generated<boolean>;
    created_at: Generated<Date>;
    updated_at: Generated<Date>;
    trace_id: Generated<string>;
  };
  reviews: {
    id: string;
    product_id: string;
    /** Null: of somebody who has no account here. */
    user_id: string | null;
    author: string;
    rating: number;
    body: string;
    created_at: Generated<Date>;
    trace_id: string;
  };
  /** How many orders a product is in, kept by events. */
  order_counts: {
    product_id: string;
    orders: number;
    updated_at: Generated<Date>;
  };
}
