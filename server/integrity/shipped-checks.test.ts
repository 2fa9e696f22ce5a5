// The checks of config/checks over the services' own tables: a healthy shop passes them all, and each finds its fault.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { parseCheckFile } from './parse-check-file.ts';
import { openWatchedDatabase, type WatchedDatabase } from './watched-database.ts';

const SERVICES = ['auth', 'catalog', 'inventory', 'orders', 'payments', 'shipping', 'notifications'];
const CHECKS_DIR = 'config/checks';
const checks = readdirSync(CHECKS_DIR).map((file) =>
  parseCheckFile(readFileSync(path.join(CHECKS_DIR, file), 'utf8'), file),
);

let control: TestControl;
let watched: WatchedDatabase;

beforeAll(async () => {
  control = await startTestControl();
  watched = openWatchedDatabase({ adminUrl: control.url });
  for (const service of SERVICES) {
    await control.sql(`CREATE SCHEMA ${service}`);
    for (const directory of ['services/kit/events/migrations', path.join('services', service, 'migrations')])
      for (const file of readdirSync(directory).toSorted())
        await control.sql(
          `SET search_path = ${service}; ${readFileSync(path.join(directory, file), 'utf8')}; RESET search_path`,
        );
  }
});
afterAll(() => control.stop());

const OLD = `now() - interval '2 minutes'`;
const TRACE = 'a'.repeat(32);
const id = (n: number) => `'00000000-0000-4000-8000-${String(n).padStart(12, '0')}'`;
const USER = id(1);
const [PENDING, SHIPPED, CANCELLED] = [id(10), id(11), id(12)];
const UNKNOWN = id(99);

const order = (orderId: string, status: string, totalCents = 1_000, at = OLD, userId = USER) => `
  INSERT INTO orders.orders (id, user_id, status, total_cents, cancel_reason, created_at, updated_at, trace_id)
  VALUES (${orderId}, ${userId}, '${status}', ${totalCents}, ${status === 'cancelled' ? `'left'` : 'NULL'}, ${at}, ${at}, '${TRACE}');`;
const item = (orderId: string, cents = 500, at = OLD) => `
  INSERT INTO orders.items (order_id, line, product_id, name, quantity, unit_price_cents, created_at)
  VALUES (${orderId}, 1, 'tamper', 'Tamper', 2, ${cents}, ${at});`;
const payment = (n: number, orderId: string, cents = 1_000, status = 'captured', at = OLD) => `
  INSERT INTO payments.payments (id, order_id, user_id, amount_cents, status, card_last4, decline_reason, idempotency_key, created_at, updated_at, trace_id)
  VALUES (${id(n)}, ${orderId}, ${USER}, ${cents}, '${status}', '4242', ${status === 'declined' ? `'no'` : 'NULL'}, 'key-${n}', ${at}, ${at}, '${TRACE}');`;
const refund = (n: number, paymentId: string, cents: number) => `
  INSERT INTO payments.refunds (id, payment_id, amount_cents, reason, created_at) VALUES (${id(n)}, ${paymentId}, ${cents}, 'gone', ${OLD});`;
const shipment = (n: number, orderId: string, at = OLD) => `
  INSERT INTO shipping.shipments (id, order_id, user_id, status, carrier, tracking_code, created_at, trace_id)
  VALUES (${id(n)}, ${orderId}, ${USER}, 'dispatched', 'Swift Parcel', 'SP1', ${at}, '${TRACE}');`;
const notification = (n: number, orderId: string, at = OLD) => `
  INSERT INTO notifications.notifications (id, order_id, kind, title, body, created_at, trace_id)
  VALUES (${id(n)}, ${orderId}, 'order_paid', 'Paid', '10.00 EUR', ${at}, '${TRACE}');`;
const review = (n: number, userId: string, at = OLD) => `
  INSERT INTO catalog.reviews (id, product_id, user_id, author, rating, body, created_at, trace_id)
  VALUES (${id(n)}, 'tamper', ${userId}, 'Ada', 5, 'Fits.', ${at}, '${TRACE}');`;
const held = (orderId: string, at = OLD) => `
  INSERT INTO inventory.reservations (order_id, product_id, quantity, status, created_at, updated_at, trace_id)
  VALUES (${orderId}, 'tamper', 2, 'held', ${at}, ${at}, '${TRACE}');`;

/** One order at each stage, among them what a shop in full swing has in flight. */
const HEALTHY = [
  `INSERT INTO auth.users (id, email, name, password_hash) VALUES (${USER}, 'ada@example.com', 'Ada', 'x');`,
  order(PENDING, 'pending') + item(PENDING) + held(PENDING),
  order(SHIPPED, 'shipped') + item(SHIPPED) + payment(20, SHIPPED) + shipment(30, SHIPPED),
  order(CANCELLED, 'cancelled') +
    item(CANCELLED) +
    payment(21, CANCELLED, 1_000, 'refunded') +
    refund(40, id(21), 1_000),
  payment(22, PENDING, 1_000, 'declined'),
  `UPDATE inventory.stock SET reserved = 2 WHERE product_id = 'tamper';`,
  order(id(13), 'paid', 1_000, 'now()') + item(id(13), 500, 'now()'),
  payment(23, id(13), 1_000, 'captured', 'now()'),
  payment(24, id(98), 1_000, 'captured', 'now()'),
  shipment(31, id(97), 'now()'),
  notification(32, SHIPPED) + notification(33, id(96)) + notification(34, id(95), 'now()'),
  `INSERT INTO orders.sagas (order_id, user_id, state, version, data) VALUES (${id(96)}, ${USER}, 'RECEIVED', 1, '{}');`,
  review(35, USER) + review(36, id(94), 'now()'),
  order(id(14), 'cancelled', 1_000, 'now()') + item(id(14), 500, 'now()') + held(id(14)),
].join('');

beforeEach(async () => {
  await control.sql(
    `TRUNCATE auth.users, catalog.order_counts, orders.orders, orders.sagas, payments.payments, shipping.shipments, notifications.notifications, inventory.reservations CASCADE`,
  );
  await control.sql(`DELETE FROM catalog.reviews WHERE user_id IS NOT NULL;
    DELETE FROM inventory.movements WHERE reason = 'restock'; DELETE FROM inventory.stock WHERE product_id LIKE 'planted%';
    UPDATE inventory.stock s SET on_hand = m.moved, reserved = 0
    FROM (SELECT product_id, sum(delta) AS moved FROM inventory.movements GROUP BY 1) m WHERE m.product_id = s.product_id`);
  await control.sql(HEALTHY);
});

async function findViolations() {
  const found = await Promise.all(
    checks.map(async (check) => [check.name, await watched.execute(check, new Set())] as const),
  );
  return found.filter(([, { status }]) => status !== 'passed');
}

/** What spoils the shop so that exactly this check says so, and how the row that it names begins. */
const FAULTS: Record<string, { sql: string; row: Record<string, string | null> }> = {
  'payments-without-order': { sql: payment(50, UNKNOWN), row: { id: bare(id(50)), order_id: bare(UNKNOWN) } },
  'paid-orders-without-payment': {
    sql: `UPDATE payments.payments SET amount_cents = 900 WHERE id = ${id(20)}`,
    row: { id: bare(SHIPPED), total_cents: '1000', captured_cents: '900' },
  },
  'cancelled-orders-still-charged': {
    sql: order(id(51), 'cancelled') + item(id(51)) + payment(52, id(51)),
    row: { order_id: bare(id(51)), payment_id: bare(id(52)) },
  },
  'orders-charged-too-much': {
    sql: payment(53, PENDING, 1_500),
    row: { order_id: bare(PENDING), captured_cents: '1500', captures: '1' },
  },
  'refunds-not-equal-payment': {
    sql: refund(54, id(21), 1),
    row: { payment_id: bare(id(21)), amount_cents: '1000', refunded_cents: '1001' },
  },
  'shipments-without-paid-order': {
    sql: shipment(55, PENDING),
    row: { id: bare(id(55)), order_status: 'pending' },
  },
  'shipped-orders-without-shipment': {
    sql: `DELETE FROM shipping.shipments WHERE id = ${id(30)}`,
    row: { id: bare(SHIPPED), status: 'shipped' },
  },
  'orders-without-items': {
    sql: `DELETE FROM orders.items WHERE order_id = ${CANCELLED}`,
    row: { id: bare(CANCELLED), total_cents: '1000' },
  },
  'order-total-not-sum-of-items': {
    sql: `UPDATE orders.items SET unit_price_cents = 499 WHERE order_id = ${CANCELLED}`,
    row: { id: bare(CANCELLED), items_cents: '998' },
  },
  'notifications-of-unknown-orders': {
    sql: notification(59, UNKNOWN),
    row: { id: bare(id(59)), order_id: bare(UNKNOWN), kind: 'order_paid' },
  },
  'reviews-of-unknown-users': {
    sql: review(60, UNKNOWN),
    row: { id: bare(id(60)), user_id: bare(UNKNOWN), product_id: 'tamper' },
  },
  'orders-of-unknown-users': {
    sql: order(id(56), 'pending', 1_000, OLD, UNKNOWN) + item(id(56)),
    row: { id: bare(id(56)), user_id: bare(UNKNOWN) },
  },
  'product-order-counts': {
    sql: `INSERT INTO catalog.order_counts (product_id, orders) VALUES ('tamper', 99); UPDATE orders.items SET trace_id = '${TRACE}'`,
    row: { product_id: 'tamper', counted: '99', orders_before: '0' },
  },
  'stock-oversold': {
    sql: `INSERT INTO inventory.stock (product_id, on_hand, reserved, trace_id) VALUES ('planted-1', 0, 1, '${TRACE}')`,
    row: { product_id: 'planted-1', on_hand: '0', reserved: '1' },
  },
  'stock-not-sum-of-movements': {
    sql: `UPDATE inventory.stock SET on_hand = on_hand + 1, trace_id = '${TRACE}' WHERE product_id = 'tamper'`,
    row: { product_id: 'tamper' },
  },
  'reservations-without-open-order': {
    sql: held(SHIPPED),
    row: { order_id: bare(SHIPPED), order_status: 'shipped', quantity: '2' },
  },
};

function bare(quoted: string): string {
  return quoted.slice(1, -1);
}

describe('the shipped checks', () => {
  it('pass in a healthy shop with orders in flight', async () => {
    expect(await findViolations()).toEqual([]);
  });

  it('are all tried here', () => {
    expect(Object.keys(FAULTS).toSorted()).toEqual(checks.map(({ name }) => name).toSorted());
  });

  it.each(Object.entries(FAULTS))('%s finds its fault, alone, and names the row and its trace', async (name, fault) => {
    await control.sql(fault.sql);
    const found = await findViolations();
    expect(found.map(([violated]) => violated)).toEqual([name]);
    const outcome = found[0]![1];
    if (outcome.status !== 'violated') return expect.unreachable(JSON.stringify(outcome));
    expect(outcome.total).toBe(1);
    expect([...outcome.samples.values()][0]).toMatchObject({ ...fault.row, trace_id: TRACE });
  });

  it.each([
    [`UPDATE orders.orders SET status = 'paid' WHERE id = ${SHIPPED}`, 'shipped-orders-without-shipment'],
    [`DELETE FROM payments.payments WHERE id = ${id(20)}`, 'paid-orders-without-payment'],
    [`DELETE FROM payments.refunds`, 'refunds-not-equal-payment'],
    [refund(57, id(20), 100), 'refunds-not-equal-payment'],
    [shipment(58, UNKNOWN), 'shipments-without-paid-order'],
    [held(UNKNOWN), 'reservations-without-open-order'],
    [`UPDATE inventory.stock SET reserved = -1 WHERE product_id = 'tamper'`, 'stock-oversold'],
  ])('%s is found by %s', async (sql, name) => {
    await control.sql(sql);
    expect((await findViolations()).map(([violated]) => violated)).toEqual([name]);
  });
});
