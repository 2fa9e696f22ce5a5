import type { Transaction } from 'kysely';
import type { InventoryTables } from './tables.ts';

/** Locks the products' rows, always in the order of their ids: two orders of the same things wait instead of deadlock. */
export async function lockStock(
  trx: Transaction<InventoryTables>,
  productIds: string[],
): Promise<Map<string, { on_hand: number; reserved: number }>> {
  if (productIds.length === 0) return new Map();
  const rows = await trx
    .selectFrom('stock')
    .select(['product_id', 'on_hand', 'reserved'])
    .where('product_id', 'in', productIds)
    .orderBy('product_id')
    .forUpdate()
    .execute();
  return new Map(rows.map(({ product_id, ...row }) => [product_id, row]));
}
