import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestPostgres, type TestPostgres } from '#server/postgres/testing.ts';
import { openDatabase, type Database } from '#services/kit/database.ts';
import { createLog } from '#services/kit/log.ts';
import { commitReservation } from './commit-reservation.ts';
import { receiveDelivery } from './receive-delivery.ts';
import { releaseReservation } from './release-reservation.ts';
import { reserveStock } from './reserve-stock.ts';
import type { InventoryTables } from './tables.ts';

let postgres: TestPostgres;
let databases: Database<InventoryTables>[];
const options = () => ({
  url: postgres.url,
  schema: 'inventory',
  migrationsDir: path.join(import.meta.dirname, 'migrations'),
  log: createLog('inventory', 'silent'),
});

beforeAll(async () => {
  postgres = await startTestPostgres();
  // Instances that start together migrate once.
  databases = Array.from({ length: 3 }, () => openDatabase<InventoryTables>(options()));
  await vi.waitFor(
    async () =>
      expect(await Promise.all(databases.map(({ whyNotReady }) => whyNotReady()))).toEqual([null, null, null]),
    { timeout: 10_000 },
  );
});
afterAll(async () => {
  await Promise.all(databases.map(({ close }) => close()));
  await postgres.stop();
});

async function stockOf(productId: string): Promise<{ on_hand: number; reserved: number }> {
  return databases[0]!.db
    .selectFrom('stock')
    .select(['on_hand', 'reserved'])
    .where('product_id', '=', productId)
    .executeTakeFirstOrThrow();
}

test('holds, takes out and gives back, each as if once', async () => {
  const { db } = databases[0]!;
  const before = await stockOf('tamper');
  const [sold, dropped] = [randomUUID(), randomUUID()];
  const items = [{ productId: 'tamper', quantity: 3 }];
  for (const orderId of [sold, sold, dropped]) await reserveStock(db, { orderId, items });
  expect(await stockOf('tamper')).toEqual({ on_hand: before.on_hand, reserved: before.reserved + 6 });
  for (let time = 0; time < 2; time += 1) {
    await commitReservation(db, sold);
    await releaseReservation(db, dropped, { items });
  }
  expect(await stockOf('tamper')).toEqual({ on_hand: before.on_hand - 3, reserved: before.reserved });
  await expect(releaseReservation(db, sold, { items })).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(commitReservation(db, dropped)).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('a delivery is on the shelf, and in the book of movements', async () => {
  const { db } = databases[0]!;
  const before = await stockOf('moka-pot');
  const { available } = await receiveDelivery(db, 'moka-pot', { quantity: 40 });
  expect(available).toBe(before.on_hand + 40 - before.reserved);
  expect(await stockOf('moka-pot')).toEqual({ ...before, on_hand: before.on_hand + 40 });
  const moved = await db
    .selectFrom('movements')
    .select(({ fn }) => fn.sum<string>('delta').as('sum'))
    .where('product_id', '=', 'moka-pot')
    .executeTakeFirstOrThrow();
  expect(Number(moved.sum)).toBe(before.on_hand + 40);
  await expect(receiveDelivery(db, 'no-such-thing', { quantity: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a release that overtakes its reservation wins', async () => {
  const { db } = databases[0]!;
  const before = await stockOf('knock-box');
  const orderId = randomUUID();
  const items = [{ productId: 'knock-box', quantity: 1 }];
  await releaseReservation(db, orderId, { items });
  await expect(reserveStock(db, { orderId, items })).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await stockOf('knock-box')).toEqual(before);
});

test('orders of the same things in other orders neither deadlock nor oversell', async () => {
  const { on_hand } = await stockOf('siphon-brewer');
  await databases[0]!.db
    .updateTable('stock')
    .set({ reserved: on_hand - 10 })
    .where('product_id', '=', 'siphon-brewer')
    .execute();
  const results = await Promise.allSettled(
    Array.from({ length: 24 }, (_, index) => {
      const items = ['siphon-brewer', 'moka-pot'].map((productId) => ({ productId, quantity: 1 }));
      if (index % 2 === 1) items.reverse();
      return reserveStock(databases[index % 3]!.db, { orderId: randomUUID(), items });
    }),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  expect(await stockOf('siphon-brewer')).toEqual({ on_hand, reserved: on_hand });
});
