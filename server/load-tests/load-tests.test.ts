// Load tests over a real Postgres, with the real generator as a process of its own.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { LOCAL_OPERATOR } from '#server/access/local-operator.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { getLoadTest } from './get-load-test.ts';
import { listLoadTests } from './list-load-tests.ts';
import { runLoadTests, type LoadTests } from './run-load-tests.ts';
import { startLoadTest } from './start-load-test.ts';
import { stopLoadTest } from './stop-load-test.ts';
import { startShop, type TestShop } from './testing/start-shop.ts';

const PATIENCE = { timeout: 80_000, interval: 200 };
const NO_GATEWAYS = { gateways: { status: () => [] } } as never;
const now = () => new Date();
let control: TestControl;
let shop: TestShop;
let loadTests: LoadTests;

beforeAll(async () => {
  [control, shop] = await Promise.all([startTestControl(), startShop()]);
  loadTests = open();
});
afterAll(async () => {
  await loadTests?.stop();
  await shop?.stop();
  await control?.stop();
});

const open = () => runLoadTests({ db: control.db, log: control.log, now, target: shop.url });
const context = () => ({ db: control.db, actor: LOCAL_OPERATOR, now, loadTests });
const get = (id: string) => getLoadTest({ db: control.db, ...(NO_GATEWAYS as object) } as never, { id });
const ended = async (id: string) => {
  await vi.waitFor(async () => expect((await get(id)).status).not.toBe('running'), PATIENCE);
  return get(id);
};

it('shops, adds up, judges and keeps it; nobody else may start meanwhile', async () => {
  const { id } = await startLoadTest(context(), { workers: 4, seconds: 5, pace: 4 });
  await expect(startLoadTest(context(), { workers: 1, seconds: 5 })).rejects.toMatchObject({ code: 'CONFLICT' });
  await vi.waitFor(async () => expect((await get(id)).ticks.length).toBeGreaterThan(0), PATIENCE);
  const test = await ended(id);
  expect(test).toMatchObject({ status: 'passed', fault: null, verdict: { isPassed: true, successRatio: 1 } });
  expect(test.summary!.counts.served).toBeGreaterThan(20);
  expect(test.summary!.routes.map(({ route }) => route)).toContain('POST /api/payments');
  expect(test.summary!.policies).toEqual({ short: { quota: 20, windowS: 1 } });
  expect(test.advice).not.toEqual([]);
  // Each shopper is a client of their own where the machine allows it.
  expect(shop.addresses.size).toBe(process.platform === 'linux' ? 4 : 1);
  const [line] = (await listLoadTests(context())).tests;
  expect(line).toMatchObject({ id, status: 'passed', workers: 4, seconds: 5, pace: 4, successRatio: 1 });
  const audit = await control.db.auditEntry.findMany({ where: { verb: { startsWith: 'loadtest.' } } });
  expect(audit).toMatchObject([{ verb: 'loadtest.start', subject: shop.url, actorId: 'local', input: { workers: 4 } }]);
}, 90_000);

it('one 502 is a failed test', async () => {
  shop.breakPayments(502);
  const { id } = await startLoadTest(context(), { workers: 4, seconds: 5, pace: 8 });
  const test = await ended(id);
  shop.breakPayments(201);
  expect(test).toMatchObject({ status: 'failed', verdict: { isPassed: false } });
  expect(test.verdict!.reasons.join()).toContain('502');
  expect(test.advice[0]).toMatchObject({ title: expect.stringContaining('POST /api/payments') });
}, 90_000);

it('stops when it is asked to, without a verdict', async () => {
  const { id } = await startLoadTest(context(), { workers: 2, seconds: 600 });
  await stopLoadTest(context(), { id });
  await expect(stopLoadTest(context(), { id })).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await ended(id)).toMatchObject({ status: 'stopped', verdict: null });
}, 90_000);

it('a test whose console stops, or is gone, is closed and says so', async () => {
  const { id } = await startLoadTest(context(), { workers: 2, seconds: 600 });
  await loadTests.stop();
  expect(await get(id)).toMatchObject({ status: 'broken', fault: 'The console was stopped while it ran.' });
  const silent = await control.db.loadTest.create({
    data: {
      openKey: 'running',
      startedAt: new Date(0),
      heartbeatAt: new Date(0),
      actor: 'Gone',
      target: shop.url,
      workers: 1,
      seconds: 600,
      pace: 1,
      oneAddress: false,
    },
  });
  loadTests = open();
  expect(await ended(silent.id)).toMatchObject({ status: 'broken', fault: expect.stringContaining('went away') });
}, 90_000);

it('refuses a read-only actor, and what is beyond the cap', async () => {
  const reader = { ...context(), actor: { id: 'r', name: 'Reader', role: 'reader' as const } };
  await expect(startLoadTest(reader, { workers: 1, seconds: 5 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(stopLoadTest(reader, { id: crypto.randomUUID() })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(startLoadTest(context(), { workers: 301, seconds: 5 })).rejects.toThrow('300 shoppers at most');
  await expect(startLoadTest(context(), { workers: 1, seconds: 901 })).rejects.toThrow('900 seconds at most');
});
