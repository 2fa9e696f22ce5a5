// What operators change of gateways, over a real Postgres and the shipped gateway as a process of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { LOCAL_OPERATOR } from '#server/access/local-operator.ts';
import { readAudit } from '#server/audit/read-audit.ts';
import { verifyAudit } from '#server/audit/verify-audit.ts';
import { forceCircuit } from '#server/circuits/force-circuit.ts';
import { tuneCircuit } from '#server/circuits/tune-circuit.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import type { GatewayContext } from './apply-change.ts';
import { changeLimits } from './change-limits.ts';
import { changeRoute } from './change-route.ts';
import { getConfiguration } from './get-configuration.ts';
import { listVersions } from './list-versions.ts';
import { restoreVersion } from './restore-version.ts';
import { runGateways, type Gateways } from './run-gateways.ts';
import { freePort, startGatewayProcess, type GatewayProcess } from './testing/start-gateway-process.ts';

const PATIENCE = { timeout: 20_000, interval: 50 };
const APPLIED = { instance: 'gateway-1', state: 'applied', reason: '' };

let control: TestControl;
let variables: Record<string, string>;
let gateway: GatewayProcess;
let gateways: Gateways;
let ctx: GatewayContext;
let dataDir: string;

beforeAll(async () => {
  control = await startTestControl();
  dataDir = mkdtempSync(path.join(tmpdir(), 'switchyard-gateway-'));
  variables = { PORT: await freePort(), ADMIN_PORT: await freePort(), DATA_DIR: dataDir };
  gateway = await startGatewayProcess(variables);
  gateways = open();
  ctx = { db: control.db, gateways, actor: LOCAL_OPERATOR, now: () => new Date() };
  await vi.waitFor(() => expect(gateways.status()).toMatchObject([APPLIED]), PATIENCE);
});
afterAll(async () => {
  await gateways?.stop();
  await gateway?.kill();
  rmSync(dataDir, { recursive: true, force: true });
  await control?.stop();
});

function open(): Gateways {
  const { db, log } = control;
  return runGateways({ adminUrls: [gateway.adminUrl], db, log, now: () => new Date(), intervalMs: 200 });
}

const configuration = () => getConfiguration(ctx);
const version = async () => (await configuration()).version;
const policy = async () => (await fetch(`${gateway.url}/api/none`)).headers.get('ratelimit-policy');
const limit = async (name: string) => (await configuration()).inForce?.limits.find((each) => each.name === name);
const route = async (segment: string) =>
  (await configuration()).inForce?.routes.find((each) => each.segment === segment);
const changeOrders = async (wish: object, reason: string) =>
  changeRoute(ctx, { segment: 'orders', ...wish, expectedVersion: await version(), reason });
const changes = async () => (await listVersions(ctx))[0];

it('changes a limit, says who took it, and goes back to the environment', async () => {
  expect(await configuration()).toMatchObject({ whyNot: '', version: 0, gateways: [{ ...APPLIED, isAsOthers: true }] });
  const changed = await changeLimits(ctx, {
    limits: { long: { quota: 50, windowMs: 30_000 } },
    expectedVersion: 0,
    reason: 'a crawler',
  });
  expect(changed).toEqual({ version: 1, acknowledgements: [APPLIED] });
  expect(await policy()).toContain('"long";q=50;w=30');
  const environment = { quota: 300, windowMs: 60_000 };
  expect(await limit('long')).toEqual({ name: 'long', quota: 50, windowMs: 30_000, environment });
  expect(await changes()).toMatchObject({
    version: 1,
    actor: 'Local operator',
    reason: 'a crawler',
    changes: ['limit long: default → 50 in 30 s'],
    ifRestored: [],
  });
  await changeLimits(ctx, { limits: { long: null }, expectedVersion: 1, reason: 'it is gone' });
  expect(await policy()).toContain('"long";q=300;w=60');
});

it('switches a route off with a name to it, keeps that when something else of it is changed, and on again', async () => {
  await changeOrders({ isOn: false }, 'stocktaking');
  const refused = await fetch(`${gateway.url}/api/orders`);
  expect([refused.status, await refused.json()]).toEqual([
    503,
    expect.objectContaining({ code: 'ROUTE_SWITCHED_OFF', by: 'Local operator', reason: 'stocktaking' }),
  ]);
  await changeOrders({ upstream: 'payments', cacheTtlMs: 5_000 }, 'a trial');
  expect(await route('orders')).toMatchObject({
    upstream: 'payments',
    cacheTtlMs: 5_000,
    switchedOff: { by: 'Local operator', reason: 'stocktaking' },
    environment: { upstream: 'orders' },
  });
  expect((await changes())?.changes).toEqual([
    'route /api/orders: service default → payments, answers kept default → 5 s',
  ]);
  await changeOrders({ isOn: true, upstream: null, cacheTtlMs: null }, 'counted');
  expect(await route('orders')).toMatchObject({ upstream: 'orders', switchedOff: null });
  expect((await changes())?.changes).toEqual([
    'route /api/orders: service payments → default, answers kept 5 s → default, switched on',
  ]);
});

it('restores an earlier version: its limits, routes and settings, and no force that held then or holds now', async () => {
  const payments = { reporter: 'gateway', name: 'payments' };
  await changeLimits(ctx, {
    limits: { short: { quota: 9, windowMs: 1_000 } },
    expectedVersion: await version(),
    reason: 'calm',
  });
  await changeRoute(ctx, { segment: 'auth', isOn: false, expectedVersion: await version(), reason: 'a leak' });
  await tuneCircuit(ctx, { ...payments, failureThreshold: 3, reason: 'calm' });
  const good = await version();
  await changeLimits(ctx, { limits: { short: null }, expectedVersion: good, reason: 'a sale' });
  await changeRoute(ctx, { segment: 'auth', isOn: true, expectedVersion: await version(), reason: 'mended' });
  await tuneCircuit(ctx, { ...payments, failureThreshold: 8, reason: 'a sale' });
  await forceCircuit(ctx, { ...payments, side: 'closed', reason: 'a drill' });
  expect((await changes())?.changes).toEqual(['breaker payments: forced closed']);
  const told = (await listVersions(ctx)).find((each) => each.version === good);
  expect(told?.ifRestored).toEqual([
    'breaker payments: threshold 8 → 3',
    'limit short: default → 9 in 1 s',
    'route /api/auth: switched off',
  ]);

  await restoreVersion(ctx, { version: good, expectedVersion: await version(), reason: 'it is over' });
  expect(await policy()).toContain('"short";q=9;w=1');
  // Whoever restores is whom to ask.
  expect((await route('auth'))?.switchedOff).toMatchObject({ by: 'Local operator', reason: 'it is over' });
  const { inForce } = await configuration();
  const breaker = inForce?.breakers.find(({ name }) => name === 'payments');
  expect(breaker).toMatchObject({ forced: 'closed', settings: { failureThreshold: 3 } });
  expect(inForce?.environment).toMatchObject({ failureThreshold: 5, windowMs: 0, retriesMax: 1 });

  await restoreVersion(ctx, { version: 0, expectedVersion: await version(), reason: 'as started' });
  expect(await policy()).toContain('"short";q=20;w=1');
  expect((await listVersions(ctx)).at(-1)).toMatchObject({ version: 0, ifRestored: [] });
});

it('refuses who looked at another version, what changes nothing, and what the gateway does not have', async () => {
  const expectedVersion = await version();
  const limits = { medium: { quota: 90, windowMs: 10_000 } };
  await changeLimits(ctx, { limits, expectedVersion, reason: 'first' });
  const late = changeLimits(ctx, { limits: { medium: null }, expectedVersion, reason: 'second' });
  await expect(late).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining(`you looked at version ${expectedVersion}`),
  });
  const now = await version();
  const wishes: [() => Promise<unknown>, string][] = [
    [() => changeLimits(ctx, { limits, expectedVersion: now, reason: 'again' }), 'That is what is wanted already.'],
    [
      () => changeRoute(ctx, { segment: 'admin', isOn: false, expectedVersion: now, reason: 'why' }),
      'no route admin; it has',
    ],
    [
      () => changeRoute(ctx, { segment: 'orders', upstream: 'bank', expectedVersion: now, reason: 'why' }),
      'no service bank; it has',
    ],
    [() => restoreVersion(ctx, { version: 9_999, expectedVersion: now, reason: 'why' }), 'no version 9999'],
  ];
  for (const [wish, words] of wishes)
    await expect(wish()).rejects.toMatchObject({ message: expect.stringContaining(words) });
  const reader = { ...ctx, actor: { ...LOCAL_OPERATOR, role: 'reader' as const } };
  await expect(changeLimits(reader, { limits, expectedVersion: now, reason: 'why' })).rejects.toThrow('takes the role');
  await expect(restoreVersion(reader, { version: 0, expectedVersion: now, reason: 'why' })).rejects.toThrow(
    'takes the role',
  );
  expect(await version()).toBe(now);
  const { faults } = await verifyAudit(readAudit(control.db));
  expect(faults).toEqual([]);
});

it('reaches a gateway that was away, and one that comes back without the console holds what it held', async () => {
  await gateway.kill();
  const missed = await changeLimits(ctx, {
    limits: { login: { quota: 2, windowMs: 60_000 } },
    expectedVersion: await version(),
    reason: 'guessing',
  });
  expect(missed.acknowledgements).toMatchObject([{ state: 'behind' }]);
  gateway = await startGatewayProcess(variables);
  await vi.waitFor(async () => expect(await limit('login')).toMatchObject({ quota: 2 }), PATIENCE);
  await gateways.stop();
  await gateway.kill();
  gateway = await startGatewayProcess(variables);
  const held = (await (await fetch(`${gateway.adminUrl}/configuration`)).json()) as { limits: { login: object } };
  expect(held.limits.login).toMatchObject({ quota: 2 });
  gateways = open();
  ctx = { ...ctx, gateways };
});

it('tells every gateway, and says which of them differs from the others by its environment', async () => {
  const other = await startGatewayProcess({ SERVICE_INSTANCE_ID: 'gateway-2', THROTTLE_LIMIT_SHORT: '33' });
  const { db, log } = control;
  const both = runGateways({ adminUrls: [gateway.adminUrl, other.adminUrl], db, log, now: () => new Date() });
  try {
    const all = { ...ctx, gateways: both };
    await vi.waitFor(() => expect(both.status().map(({ state }) => state)).toEqual(['applied', 'applied']), PATIENCE);
    const limits = { long: { quota: 200, windowMs: 60_000 } };
    const { acknowledgements } = await changeLimits(all, { limits, expectedVersion: await version(), reason: 'both' });
    expect(acknowledgements).toEqual([APPLIED, { ...APPLIED, instance: 'gateway-2' }]);
    const told = await getConfiguration(all);
    expect(told.gateways.map(({ instance, isAsOthers }) => [instance, isAsOthers])).toEqual([
      ['gateway-1', true],
      ['gateway-2', false],
    ]);
    await changeLimits(all, {
      limits: { short: { quota: 30, windowMs: 1_000 } },
      expectedVersion: await version(),
      reason: 'the same',
    });
    expect((await getConfiguration(all)).gateways.map(({ isAsOthers }) => isAsOthers)).toEqual([true, true]);
  } finally {
    await both.stop();
    await other.kill();
  }
});
