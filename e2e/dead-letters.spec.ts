import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { expect, test } from './fixtures.ts';

const HOSTILE = '<img src=x onerror="document.title=1">\u202e';

test('an event of an unknown version is found, fails again when it is redriven, and is discarded with a reason', async ({
  page,
  switchyard,
}) => {
  const key = `order-${randomUUID()}`;
  await page.goto('/dead-letters');
  await expect(page.getByRole('heading', { name: 'Dead letters' })).toBeVisible();
  await runSql(
    switchyard.postgresUrl(),
    `INSERT INTO payments.outbox (type, key, payload, headers) VALUES ('payment.refunded.v9', $1, $2, '{"correlation-id":"a-journey"}')`,
    [key, JSON.stringify({ note: HOSTILE })],
  );
  const group = page.getByRole('button', { name: /payment\.refunded\.v9 at orders/ });
  await expect(group).toBeVisible();
  const letter = page.getByRole('button', { name: key });
  if ((await group.getAttribute('aria-expanded')) === 'false') await group.click();
  await letter.click();

  const sheet = page.getByRole('dialog', { name: 'payment.refunded.v9' });
  await expect(sheet).toContainText('payment.refunded.v9 is not handled here');
  await expect(sheet.getByRole('region', { name: 'Payload' })).toContainText('"<img src=x onerror=');
  await expect(sheet.getByRole('region', { name: 'Payload' })).toContainText('\\u202e');
  await expect(sheet.getByRole('link', { name: /^Trace/ })).toHaveAttribute('href', /^\/traces\/[0-9a-f]{32}$/);

  await sheet.getByRole('button', { name: 'Redrive…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Redrive a dead letter' });
  await dialog.getByRole('button', { name: 'Redrive' }).click();
  await expect(dialog.getByRole('alert')).toHaveText(/Say why/);
  await dialog.getByLabel(/Reason/).fill('perhaps it is known by now');
  await dialog.getByRole('button', { name: 'Redrive' }).click();
  await expect(dialog).toContainText('Not applied; it stays.');
  await expect(dialog).toContainText('It failed again: payment.refunded.v9 is not handled here');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(sheet.getByRole('region', { name: 'Facts' })).toContainText(/Attempts\s*2/);

  await sheet.getByRole('button', { name: 'Discard…' }).click();
  const discard = page.getByRole('dialog', { name: 'Discard a dead letter' });
  await discard.getByLabel(/Reason/).fill('nobody publishes it any more');
  await discard.getByRole('button', { name: 'Discard' }).click();
  await expect(discard).toContainText('Discarded.');
  await discard.getByRole('button', { name: 'Close' }).last().click();
  await expect(sheet.getByRole('region', { name: 'What operators did' })).toContainText('nobody publishes it any more');

  await page.goto('/dead-letters?status=discarded&service=orders');
  await expect(page.getByRole('button', { name: /payment\.refunded\.v9 at orders/ })).toBeVisible();
});

test('those that are picked are redriven together, each with its outcome', async ({ page, switchyard }) => {
  const [good, bad] = [`order-${randomUUID()}`, `order-${randomUUID()}`];
  // Of an order that nobody knows: it is applied, and changes nothing.
  const refund = { orderId: randomUUID(), paymentId: randomUUID(), amountCents: 5, reason: 'none' };
  for (const [key, payload] of [
    [good, refund],
    [bad, { ...refund, amountCents: 'five' }],
  ] as const)
    await runSql(
      switchyard.postgresUrl(),
      `INSERT INTO orders.dead_letters (event_id, type, key, payload, headers, occurred_at, attempts, error)
       VALUES ($1, 'payment.refunded.v1', $2, $3, '{"correlation-id":"a-journey"}', now(), 5, 'it was away')`,
      [randomUUID(), key, JSON.stringify(payload)],
    );
  // Picked before there is code to hear of it, as on a slow line.
  const code = Promise.withResolvers<void>();
  await page.route('**/_next/static/**/*.js', (route) => code.promise.then(() => route.continue()).catch(() => {}));
  await expect(async () => {
    // A server that is too busy to have the letters in time leaves them to the code.
    await page.goto('/dead-letters?service=orders', { waitUntil: 'commit' });
    await page.getByRole('checkbox', { name: 'All payment.refunded.v1 at orders' }).check({ timeout: 10_000 });
  }).toPass();
  code.resolve();
  await expect(page.getByText('2 picked')).toBeVisible();
  await page.getByRole('button', { name: 'Redrive…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Redrive 2 dead letters' });
  await dialog.getByLabel(/Reason/).fill('it is back');
  await dialog.getByRole('button', { name: 'Redrive 2' }).click();
  await expect(dialog).toContainText('1 of 2 was applied.');
  await expect(dialog.getByRole('list', { name: 'Why not' })).toContainText(bad);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByText(good)).toHaveCount(0);
});

async function runSql(connectionString: string, sql: string, values: unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql, values);
  } finally {
    await client.end();
  }
}
