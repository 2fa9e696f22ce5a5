import { once } from 'node:events';
import { createServer, connect, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LIVE_CHANNEL, type LiveHint } from '#server/live/channel.ts';
import { createLog } from '#server/log.ts';
import { startTestPostgres, type TestPostgres } from '#server/postgres/testing.ts';
import { createNotifier } from './notifier.ts';

let postgres: TestPostgres;
let listener: pg.Client;
const heard: LiveHint[] = [];
beforeAll(async () => {
  postgres = await startTestPostgres();
  listener = new pg.Client({ connectionString: postgres.url });
  await listener.connect();
  await listener.query(`LISTEN ${LIVE_CHANNEL}`);
  listener.on('notification', ({ payload }) => heard.push(JSON.parse(payload!)));
});
afterAll(async () => {
  await listener?.end();
  await postgres?.stop();
});

const hint = (message: string): LiveHint => ({ kind: 'process', process: 'engine', message });

it('sends hints in order, over a connection that it opens again when it is lost', async () => {
  // Between the notifier and Postgres, to be cut.
  const target = new URL(postgres.url);
  const sockets = new Set<Socket>();
  let refuse = false;
  const proxy = createServer((inner) => {
    if (refuse) return void inner.destroy();
    const outer = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
      from.pipe(to);
    }
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const through = new URL(postgres.url);
  through.port = String((proxy.address() as AddressInfo).port);

  const notifier = createNotifier({ databaseUrl: through.href, log: createLog('test', 'silent') });
  const messages = () => heard.map((one) => 'message' in one && one.message);
  notifier.send(hint('one'));
  notifier.send(hint('two'));
  await expect.poll(messages).toEqual(['one', 'two']);

  refuse = true;
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 100));
  notifier.send(hint('three'));
  notifier.send(hint('x'.repeat(20_000)));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(heard).toHaveLength(2);
  refuse = false;
  await expect.poll(messages, { timeout: 10_000 }).toEqual(['one', 'two', 'three', 'x'.repeat(1_000)]);

  await notifier.stop();
  proxy.close();
});
