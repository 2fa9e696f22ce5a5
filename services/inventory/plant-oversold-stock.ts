import type { Kysely } from 'kysely';
import { PLANTED_AGE_MS, type Orphan } from '#services/kit/plant-orphan.ts';
import { currentTraceId } from '#services/kit/trace-id.ts';
import type { InventoryTables } from './tables.ts';

/** Promises one piece more of a new product than there is. */
export async function plantOversoldStock(db: Kysely<InventoryTables>): Promise<Orphan> {
  const id = `planted-${Date.now()}`;
  const at = new Date(Date.now() - PLANTED_AGE_MS);
  await db
    .insertInto('stock')
    .values({ product_id: id, on_hand: 0, reserved: 1, created_at: at, updated_at: at, trace_id: currentTraceId() })
    .execute();
  return { id, table: 'inventory.stock' };
}
