import type { Generated } from 'kysely';

export interface CatalogTables {
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
}
