// Drills over a real Postgres and the real generator: whatever happens, the fault is taken out.
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { LOCAL_OPERATOR } from '#server/access/local-operator.ts';
import { startShop, type TestShop } from '#server/load-tests/testing/start-shop.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { getDrill, listDrills } from './list-drills.ts';
import { runDrills, type Drills } from './run-drills.ts';
import { startDrill } from './start-drill.ts';
import { stopDrill } from './stop-drill.ts';

const PATIENCE = { timeout: 80_000, interval: 200 };
const now = () => new Date();
let control: TestControl;
let shop: TestShop;
let drills: Drills;

beforeAll(async () => {
  [control, shop] = await Promise.all([startTestControl(), startShop()]);
  drills = open();
});
beforeEach(() => void shop.asked.splice(0));
afterAll(async () => {
  await drills?.stop();
  await shop?.stop();
  await control?.stop();
});

const open = (faultUrls: Record<string, string[]> = { payments: [`${shop.url}/1`, `${shop.url}/2`] }) =>
  // Safe because the store, the checks and the watched database are asked only after the fault.
  runDrills({ db: control.db, log: control.log, now, target: shop.url, faultUrls, baselineS: 3 } as never);
const context = (circuits: object[] = []) =>
  ({
    db: control.db,
    actor: LOCAL_OPERATOR,
    now,
    drills,
    gateways: { status: () => [{ held: { circuits } }] },
  }) as unknown as Parameters<typeof startDrill>[0] & Parameters<typeof listDrills>[0];
const get = (id: string) => getDrill({ db: control.db }, { id });
const switched = () => shop.asked.filter((line) => line.endsWith('/faults'));
// Every instance of the service has its switch.
const PUT = ['PUT /1/faults', 'PUT /2/faults'];
const DELETED = ['DELETE /1/faults', 'DELETE /2/faults'];
const PAYMENTS = { scenario: 'payments-errors', workers: 4, faultSeconds: 60 } as const;

it('puts the fault in after shopping as usual, and takes it out on stop', async () => {
  const { id } = await startDrill(context(), PAYMENTS);
  await expect(startDrill(context(), PAYMENTS)).rejects.toMatchObject({ code: 'CONFLICT' });
  await vi.waitFor(async () => expect((await get(id)).phase).toBe('fault'), PATIENCE);
  expect(switched()).toEqual(PUT);
  expect(await get(id)).toMatchObject({ isFaulty: true, status: 'running' });
  await stopDrill(context(), { id });
  await vi.waitFor(async () => expect((await get(id)).status).toBe('stopped'), PATIENCE);
  expect(switched()).toEqual([...PUT, ...DELETED]);
  expect(await get(id)).toMatchObject({ isFaulty: false, answers: [], phase: 'done' });
  const audit = await control.db.auditEntry.findMany({
    where: { verb: { startsWith: 'drill.' } },
    orderBy: { seq: 'asc' },
  });
  expect(audit.map(({ verb, subject }) => [verb, subject])).toEqual([
    ['drill.start', 'payments'],
    ['drill.stop', id],
  ]);
}, 90_000);

it('takes the fault out when the console is stopped', async () => {
  const { id } = await startDrill(context(), PAYMENTS);
  await vi.waitFor(async () => expect((await get(id)).phase).toBe('fault'), PATIENCE);
  await drills.stop();
  expect(switched()).toEqual([...PUT, ...DELETED]);
  expect(await get(id)).toMatchObject({
    status: 'stopped',
    isFaulty: false,
    fault: expect.stringContaining('console'),
  });
  drills = open();
}, 90_000);

it('takes out the fault of a console that was killed, known from Postgres alone', async () => {
  const long = new Date(Date.now() - 60_000);
  const { id } = await control.db.drill.create({
    data: {
      scenario: 'payments-errors',
      openKey: 'running',
      phase: 'fault',
      startedAt: long,
      heartbeatAt: long,
      faultAt: long,
      actor: 'Killed',
      workers: 4,
      faultSeconds: 60,
      service: 'payments',
    },
  });
  await vi.waitFor(async () => expect((await get(id)).isFaulty).toBe(false), PATIENCE);
  expect(switched()).toEqual(DELETED);
  expect(await get(id)).toMatchObject({ status: 'broken', phase: 'done', fault: expect.stringContaining('went away') });
}, 90_000);

it('does not break a shop that is not well', async () => {
  shop.setBroken(true);
  const { id } = await startDrill(context(), PAYMENTS);
  await vi.waitFor(async () => expect((await get(id)).status).toBe('broken'), PATIENCE);
  shop.setBroken(false);
  expect((await get(id)).fault).toContain('heal the shop first');
  expect(switched()).toEqual([]);
}, 90_000);

it('refuses what could not be told from its own doing, readers, and places without a fleet', async () => {
  const halfOpen = context([{ service: 'payments', state: 'half_open' }]);
  await expect(startDrill(halfOpen, PAYMENTS)).rejects.toThrow('The breaker of payments is half open');
  const reader = { ...context(), actor: { id: 'r', name: 'Reader', role: 'reader' as const } };
  await expect(startDrill(reader, PAYMENTS)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(stopDrill(reader, { id: crypto.randomUUID() })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const nowhere = open({});
  await expect(startDrill({ ...context(), drills: nowhere }, PAYMENTS)).rejects.toThrow('shipped fleet');
  await nowhere.stop();
  expect((await listDrills(context())).scenarios.map(({ name }) => name)).toContain('orders-die');
});
