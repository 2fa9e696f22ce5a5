import type { Transaction } from 'kysely';
import type { Handlers } from '#services/kit/events/handlers.ts';
import type { CatalogTables } from './tables.ts';

/** Counts the orders that each product is in. */
export const catalogHandlers: Handlers<CatalogTables> = {
  'order.created.v1': (trx, { payload }) => countOrder(trx, payload.items),
  'order.created.v2': (trx, { payload }) => countOrder(trx, payload.items),
};

async function countOrder(trx: Transaction<CatalogTables>, items: readonly { productId: string }[]): Promise<void> {
  // In one order everywhere, so that two orders of the same things never wait for each other.
  const ids = [...new Set(items.map(({ productId }) => productId))].toSorted();
  if (ids.length === 0) return;
  await trx
    .insertInto('order_counts')
    .values(ids.map((product_id) => ({ product_id, orders: 1 })))
    .onConflict((conflict) =>
      conflict
        .column('product_id')
        .doUpdateSet((eb) => ({ orders: eb('order_counts.orders', '+', 1), updated_at: new Date() })),
    )
    .execute();
}
