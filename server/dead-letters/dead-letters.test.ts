// What operators do about dead letters, over a real Postgres and the shipped catalog as a process of its own.
import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { LOCAL_OPERATOR } from '#server/access/local-operator.ts';
import { freePort } from '#server/gateway/testing/start-gateway-process.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { discardDeadLetter, redriveDeadLetter } from './decide-dead-letter.ts';
import { getDeadLetter } from './get-dead-letter.ts';
import { listDeadLetters } from './list-dead-letters.ts';

const TRACE = 'a'.repeat(32);
const reason = 'the next release knows it';
let control: TestControl;
let catalog: ChildProcess;
const ctx = () => ({ db: control.db, actor: LOCAL_OPERATOR, now: () => new Date() });

beforeAll(async () => {
  control = await startTestControl();
  const [port, adminPort] = [await freePort(), await freePort()];
  catalog = fork('services/catalog/main.ts', [], {
    execPath: process.execPath,
    execArgv: [],
    env: {
      ...process.env,
      PORT: port,
      ADMIN_PORT: adminPort,
      DATABASE_URL: control.url,
      JWT_SECRET: 'a secret of the tests, long enough',
      LOG_LEVEL: 'silent',
    },
    stdio: 'ignore',
  });
  await vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200), {
    timeout: 40_000,
    interval: 200,
  });
  await register('catalog', `http://127.0.0.1:${adminPort}`);
});
afterAll(async () => {
  const exited = once(catalog, 'exit');
  catalog.kill('SIGTERM');
  await exited;
  await control.stop();
});

it('lists them newest first, and says who could not be asked', async () => {
  const [first, second] = [
    await plant('order.created.v9', {}, '2 minutes'),
    await plant('order.created.v9', {}, '1 minute'),
  ];
  await register('gone', 'http://127.0.0.1:9');
  await register('ill', 'http://127.0.0.1:9', 'critical');
  const { deadLetters, services, unreachable } = await listDeadLetters(ctx(), { status: 'open' });
  expect(deadLetters.map(({ service, eventId }) => [service, eventId])).toEqual([
    ['catalog', second],
    ['catalog', first],
  ]);
  expect(services).toEqual(['catalog']);
  expect(unreachable).toEqual([
    { service: 'gone', reason: 'The admin port http://127.0.0.1:9 does not answer.' },
    { service: 'ill', reason: 'No instance of it is registered and well: there is nobody to ask.' },
  ]);
  expect(await getDeadLetter(ctx(), { service: 'catalog', eventId: first })).toMatchObject({
    type: 'order.created.v9',
    traceId: TRACE,
    headers: { 'correlation-id': 'a test' },
  });
});

it('a redrive applies it once, and is audited', async () => {
  const payload = {
    orderId: randomUUID(),
    userId: randomUUID(),
    totalCents: 5,
    items: [{ productId: 'tamper', quantity: 1 }],
  };
  const eventId = await plant('order.created.v1', payload);
  expect(await redriveDeadLetter(ctx(), { service: 'catalog', eventId, reason })).toMatchObject({ status: 'redriven' });
  expect(await control.sql(`SELECT orders FROM catalog.order_counts WHERE product_id = 'tamper'`)).toEqual([
    { orders: 1 },
  ]);
  await expect(redriveDeadLetter(ctx(), { service: 'catalog', eventId, reason })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  expect(await auditOf(eventId)).toEqual([{ verb: 'dead-letters.redrive', input: { reason } }]);
  const { status, audit } = await getDeadLetter(ctx(), { service: 'catalog', eventId });
  expect({ status, audit }).toMatchObject({ status: 'redriven', audit: [{ verb: 'dead-letters.redrive', reason }] });
});

it('one that fails again stays, says why, and leaves no audit entry', async () => {
  const eventId = await plant('order.created.v9', {});
  await expect(redriveDeadLetter(ctx(), { service: 'catalog', eventId, reason })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('order.created.v9 is not handled here') as string,
  });
  expect(await getDeadLetter(ctx(), { service: 'catalog', eventId })).toMatchObject({ status: 'open', attempts: 6 });
  expect(await auditOf(eventId)).toEqual([]);
});

it('a payload that breaks its contract is told field by field', async () => {
  const eventId = await plant('order.created.v1', { orderId: 'x', totalCents: 1, items: [] });
  await expect(redriveDeadLetter(ctx(), { service: 'catalog', eventId, reason })).rejects.toThrow(
    'breaks the contract of order.created.v1. orderId: Invalid UUID; userId: Invalid input',
  );
});

it('a discard keeps the reason', async () => {
  const eventId = await plant('order.created.v9', {});
  await expect(discardDeadLetter(ctx(), { service: 'catalog', eventId, reason: ' ' })).rejects.toThrow('Say why');
  await discardDeadLetter(ctx(), { service: 'catalog', eventId, reason });
  const { deadLetters } = await listDeadLetters(ctx(), { status: 'discarded' });
  expect(deadLetters).toMatchObject([{ eventId, reason, status: 'discarded' }]);
  expect(await auditOf(eventId)).toEqual([{ verb: 'dead-letters.discard', input: { reason } }]);
});

it('refuses a read-only actor, and a service that nobody registered', async () => {
  const input = { service: 'catalog', eventId: randomUUID(), reason };
  const reader = { ...ctx(), actor: { ...LOCAL_OPERATOR, role: 'reader' as const } };
  await expect(redriveDeadLetter(reader, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(discardDeadLetter(reader, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(redriveDeadLetter(ctx(), { ...input, service: 'nobody' })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
});

async function register(service: string, adminAddress: string, status = 'passing'): Promise<void> {
  const at = new Date();
  await control.db.registeredInstance.create({
    data: {
      service,
      instance: `${service}-1`,
      address: adminAddress,
      adminAddress,
      healthPath: '/readyz',
      ttlMs: 15_000,
      status,
      reason: '',
      statusSince: at,
      registeredAt: at,
      heartbeatAt: at,
    },
  });
}

async function plant(type: string, payload: object, ago = '0 minutes'): Promise<string> {
  const eventId = randomUUID();
  await control.sql(`INSERT INTO catalog.dead_letters (event_id, type, key, payload, headers, occurred_at, attempts, error, trace_id, dead_at)
    VALUES ('${eventId}', '${type}', 'key', '${JSON.stringify(payload)}', '{"correlation-id":"a test"}', now(), 5, 'no', '${TRACE}', now() - interval '${ago}')`);
  return eventId;
}

async function auditOf(eventId: string) {
  return control.db.auditEntry.findMany({
    where: { subject: `catalog/${eventId}` },
    select: { verb: true, input: true },
  });
}
