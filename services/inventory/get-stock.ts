import type { Kysely } from 'kysely';
import { z } from 'zod';
import { ServiceError } from '#services/kit/errors.ts';
import type { InventoryTables } from './tables.ts';

export const Stock = z.object({ productId: z.string(), available: z.int() });
export type Stock = z.infer<typeof Stock>;

export async function getStock(db: Kysely<InventoryTables>, productId: string): Promise<Stock> {
  const row = await db
    .selectFrom('stock')
    .select(['on_hand', 'reserved'])
    .where('product_id', '=', productId)
    .executeTakeFirst();
  if (!row) throw new ServiceError('NOT_FOUND', 'The warehouse has no such product.');
  return { productId, available: Math.max(0, row.on_hand - row.reserved) };
}
