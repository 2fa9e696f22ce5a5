// kill -9 of a consumer in the middle of an event, a hundred times: no event may be lost, none applied twice.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startTestPostgres } from '#server/postgres/testing.ts';
import { readEventsEnv } from '#services/kit/events/env.ts';
import { openTransport } from '#services/kit/events/open-transport.ts';
import { publishEvent } from '#services/kit/events/publish-event.ts';
import { relayOutbox } from '#services/kit/events/relay-outbox.ts';
import { eventTables } from '#services/kit/events/tables.ts';
import { killConsumers } from '#services/kit/events/testing/kill-consumers.ts';
import { openLedger } from '#services/kit/events/testing/ledger.ts';
import { BROKERS } from '#services/kit/events/testing/brokers.ts';
import { createLog } from '#services/kit/log.ts';
import { describeMachine } from './lab/cpu.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    kills: { type: 'string' },
    broker: { type: 'string', default: 'postgres' },
  },
});
const broker = BROKERS.find(({ name }) => name === values.broker);
if (!broker) throw new Error(`--broker is one of ${BROKERS.map(({ name }) => name).join(', ')}.`);
const missing = broker.whyNot();
if (missing !== null) throw new Error(`This bench cannot run: ${missing}`);
const kills = Number(values.kills ?? (values.quick ? 20 : 100));
/** More than are killed, so that consumers are at work to the end. */
const events = Math.ceil(kills * 1.5);
const KILL_MS_MAX = 5_000;

console.log(`${events} events through ${broker.name}, ${kills} kills; ${describeMachine()}\n`);
const postgres = await startTestPostgres();
const started = await broker.start();
const env = { DATABASE_URL: postgres.url, ...started.env };
const ledger = openLedger(postgres.url);
const transport = openTransport(createLog('bench', 'silent'), readEventsEnv(env));
try {
  while ((await ledger.whyNotReady()) !== null) await sleep(50);
  for (let count = 0; count < events; count++)
    await publishEvent(ledger.db, {
      type: 'order.created.v1',
      key: 'bench',
      correlationId: 'bench',
      payload: {
        orderId: randomUUID(),
        userId: randomUUID(),
        totalCents: 1,
        items: [{ productId: 'cup', quantity: 1 }],
      },
    });
  // A broker keeps events for the groups that it knows.
  const end = await transport.subscribe({ group: 'ledger', names: ['order.created'], deliver: notYet });
  await end();
  while ((await relayOutbox(eventTables(ledger.db), transport)) > 0);
  const startedMs = performance.now();
  const places = await killConsumers({
    env,
    workers: 2,
    kills,
    isOver: async () => (await readApplied()).distinct >= events,
    timeoutMs: kills * KILL_MS_MAX,
  });
  const { total, distinct, counted } = await readApplied();
  const [lost, twice] = [events - distinct, total - distinct];
  console.log(
    `killed before the commit of the effect ${places.uncommitted}, after it and before the queue was told ${places.unsettled}`,
  );
  console.log(`${distinct} applied, ${lost} lost, ${twice} twice; the counter says ${counted}\n`);
  const seconds = Math.round((performance.now() - startedMs) / 1_000);
  console.log(JSON.stringify({ broker: broker.name, kills, events, lost, applied_twice: twice, counted, seconds }));
  if (lost > 0 || twice > 0 || counted !== events) process.exitCode = 1;
} finally {
  await transport.close();
  await ledger.close();
  await started.stop();
  await postgres.stop();
}

/** Nothing is sent yet. */
async function notYet(): Promise<never> {
  throw new Error('nothing was sent');
}

async function readApplied(): Promise<{ total: number; distinct: number; counted: number }> {
  const { total, distinct } = await ledger.db
    .selectFrom('applied')
    .select((eb) => [eb.fn.countAll<string>().as('total'), eb.fn.count<string>('event_id').distinct().as('distinct')])
    .executeTakeFirstOrThrow();
  const count = await ledger.db.selectFrom('counts').select('orders').executeTakeFirst();
  return { total: Number(total), distinct: Number(distinct), counted: count?.orders ?? 0 };
}
