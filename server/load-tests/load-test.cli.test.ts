import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { startShop } from './testing/start-shop.ts';

const CLI = path.join(import.meta.dirname, 'load-test.cli.ts');
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** As `npm run loadtest -- ...` runs it, where no control database is. */
async function loadTest(args: string[], paymentStatus?: number) {
  const shop = await startShop();
  stops.push(shop.stop);
  if (paymentStatus !== undefined) shop.breakPayments(paymentStatus);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, ...args], {
    env: {
      NODE_ENV: 'test',
      PATH: process.env.PATH,
      GATEWAY_URL: shop.url,
      DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none',
    },
  });
  const [said, complaint, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: code as number, said: `${said}${complaint}`, shop };
}

it('ends with 0 when all were served, with 1 after one 503, with 2 when it is asked for nothing that can be run', async () => {
  const [good, broken, wrong] = await Promise.all([
    loadTest(['2', '5', '--pace', '8']),
    loadTest(['2', '5', '--pace', '8'], 503),
    loadTest(['0', '5']),
  ]);
  expect(good.said).toContain('none unanswered');
  expect(good.code).toBe(0);
  // Shoppers log in, browse, order and pay.
  expect(good.shop.asked).toEqual(
    expect.arrayContaining(['POST /api/auth/login', 'GET /api/products', 'POST /api/orders', 'POST /api/payments']),
  );
  expect(broken.said).toMatch(/\d+ × 503/);
  expect(broken.code).toBe(1);
  expect(wrong.said).toContain('workers');
  expect(wrong.code).toBe(2);
}, 90_000);
