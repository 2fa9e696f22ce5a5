import path from 'node:path';
import type { Kysely } from 'kysely';
import { openDatabase, type Database } from '../../database.ts';
import { createLog } from '../../log.ts';
import type { Handlers } from '../handlers.ts';
import type { EventTables } from '../tables.ts';

export interface LedgerTables extends EventTables {
  applied: { event_id: string; product_id: string };
  counts: { product_id: string; orders: number };
}

/** A service that does nothing but write down what it was told, for tests of whatever tells it. */
export function openLedger(url: string): Database<LedgerTables> {
  const migrationsDir = path.join(import.meta.dirname, 'ledger-migrations');
  return openDatabase<LedgerTables>({
    url,
    schema: 'ledger',
    migrationsDir,
    events: true,
    log: createLog('ledger', 'silent'),
  });
}

/** Both versions of an order are counted, each in its own shape; `midway` runs between the effects and their commit. */
export function ledgerHandlers(midway: (eventId: string) => Promise<void> = async () => {}): Handlers<LedgerTables> {
  const write = async (trx: Kysely<LedgerTables>, eventId: string, productIds: string[]) => {
    for (const product_id of productIds) {
      await trx.insertInto('applied').values({ event_id: eventId, product_id }).execute();
      await trx
        .insertInto('counts')
        .values({ product_id, orders: 1 })
        .onConflict((conflict) =>
          conflict.column('product_id').doUpdateSet((eb) => ({ orders: eb('counts.orders', '+', 1) })),
        )
        .execute();
    }
    await midway(eventId);
  };
  return {
    'order.created.v1': (trx, { id, payload }) =>
      write(
        trx,
        id,
        payload.items.map(({ productId }) => productId),
      ),
    'order.created.v2': (trx, { id, payload }) =>
      write(
        trx,
        id,
        payload.items.map(({ productId }) => productId),
      ),
  };
}
