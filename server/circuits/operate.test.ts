// What operators do, over a real Postgres and the shipped gateway as a process of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { LOCAL_OPERATOR } from '#server/access/local-operator.ts';
import { readAudit } from '#server/audit/read-audit.ts';
import { verifyAudit } from '#server/audit/verify-audit.ts';
import { runGateways, type Gateways } from '#server/gateway/run-gateways.ts';
import {
  customerHeader,
  freePort,
  startGatewayProcess,
  type GatewayProcess,
} from '#server/gateway/testing/start-gateway-process.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { forceCircuit } from './force-circuit.ts';
import { getControl } from './get-control.ts';
import { listSettingsVersions } from './list-settings-versions.ts';
import type { OperateContext } from './operate.ts';
import { probeCircuit } from './probe-circuit.ts';
import { releaseCircuit } from './release-circuit.ts';
import { restoreCircuit } from './restore-circuit.ts';
import { applyShadow } from './shadow/apply-shadow.ts';
import { endShadow } from './shadow/end-shadow.ts';
import { startShadow } from './shadow/start-shadow.ts';
import { tuneCircuit } from './tune-circuit.ts';

const PAYMENTS = { reporter: 'gateway', name: 'payments' };
const reason = 'the bank is down';

let control: TestControl;
let upstream: Server;
let status = 200;
let variables: Record<string, string>;
let gateway: GatewayProcess;
let gateways: Gateways;
let ctx: OperateContext;
let dataDir: string;
let headers: Record<string, string>;

beforeAll(async () => {
  headers = await customerHeader();
  control = await startTestControl();
  upstream = createServer((_request, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  dataDir = mkdtempSync(path.join(tmpdir(), 'switchyard-operate-'));
  const origin = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  variables = { PORT: await freePort(), ADMIN_PORT: await freePort(), DATA_DIR: dataDir, PAYMENTS_URL: origin };
  gateway = await startGatewayProcess(variables);
  gateways = open();
  ctx = { db: control.db, gateways, actor: LOCAL_OPERATOR, now: () => new Date() };
  await vi.waitFor(
    () => expect(gateways.status()).toMatchObject([{ state: 'applied', instance: 'gateway-1' }]),
    20_000,
  );
});
afterAll(async () => {
  await gateways?.stop();
  await gateway?.kill();
  await new Promise((resolve) => upstream.close(resolve));
  rmSync(dataDir, { recursive: true });
  await control?.stop();
});

function open(): Gateways {
  return runGateways({
    adminUrls: [gateway.adminUrl],
    db: control.db,
    log: control.log,
    now: () => new Date(),
    intervalMs: 200,
  });
}

const shadowed = () =>
  gateways.status()[0]?.held?.circuits.find(({ service }) => service === 'payments')?.shadow ?? null;
const pay = async () => (await fetch(`${gateway.url}/api/payments`, { method: 'POST', headers })).status;

async function payments(): Promise<Record<string, unknown> | undefined> {
  const answer = await fetch(`${gateway.url}/api/health/circuits`);
  const { circuits } = (await answer.json()) as { circuits: { service: string }[] };
  return circuits.find(({ service }) => service === 'payments');
}

it('forces, says who took it, and gives it back', async () => {
  const forced = await forceCircuit(ctx, { ...PAYMENTS, side: 'open', reason });
  expect(forced.acknowledgements).toEqual([{ instance: 'gateway-1', state: 'applied', reason: '' }]);
  expect(await pay()).toBe(503);
  expect(await payments()).toMatchObject({ forced: 'open', forcedReason: reason, forcedBy: 'Local operator' });
  const held = await getControl(ctx, PAYMENTS);
  expect(held).toMatchObject({ whyNot: '', forced: { side: 'open', reason, by: 'Local operator' } });
  expect(held.forced!.untilMs - held.forced!.sinceMs).toBe(15 * 60_000);

  await releaseCircuit(ctx, { ...PAYMENTS, reason: 'the bank is back' });
  expect(await pay()).toBe(200);
  const after = await getControl(ctx, PAYMENTS);
  expect(after.forced).toBeNull();
  expect(after.audit.map(({ verb, actor, input }) => [verb, actor, input.reason])).toEqual([
    ['circuits.release', 'Local operator', 'the bank is back'],
    ['circuits.force', 'Local operator', reason],
  ]);
});

it('tunes, and probes what opened by it', async () => {
  const settings = { failureThreshold: 1, resetTimeoutMs: 60_000, halfOpenSuccessCount: null };
  await tuneCircuit(ctx, { ...PAYMENTS, ...settings, reason: 'find out' });
  expect(await getControl(ctx, PAYMENTS)).toMatchObject({
    tuned: settings,
    instances: [{ settings: { failureThreshold: 1, resetTimeoutMs: 60_000, halfOpenSuccessCount: 2 } }],
  });
  const tooEarly = await probeCircuit(ctx, { ...PAYMENTS, reason: 'try' });
  expect(tooEarly.acknowledgements).toMatchObject([{ state: 'refused', reason: expect.stringContaining('closed') }]);
  status = 500;
  expect([await pay(), await pay()]).toEqual([500, 503]);
  status = 200;
  const probed = await probeCircuit(ctx, { ...PAYMENTS, reason: 'try' });
  expect(probed).toMatchObject({ version: null, acknowledgements: [{ state: 'applied' }] });
  expect([await pay(), await pay()]).toEqual([200, 200]);
  await tuneCircuit(ctx, {
    ...PAYMENTS,
    failureThreshold: null,
    resetTimeoutMs: null,
    halfOpenSuccessCount: null,
    reason: 'found out',
  });
  expect(await payments()).toMatchObject({ threshold: 5, resetTimeoutMs: 30_000 });
});

it('wants the settings of an earlier version again, with what holds the breaker left as it is', async () => {
  const SHIPPING = { reporter: 'gateway', name: 'shipping' };
  const shipping = async () => (await getControl(ctx, SHIPPING)).instances[0]?.settings;
  expect(await listSettingsVersions(ctx, SHIPPING)).toEqual([]);
  const first = await tuneCircuit(ctx, { ...SHIPPING, failureThreshold: 9, answerTimeoutMs: 700, reason: 'slow days' });
  const second = await tuneCircuit(ctx, { ...SHIPPING, failureThreshold: 2, windowMs: 5_000, reason: 'worse days' });
  expect(await shipping()).toMatchObject({ failureThreshold: 2, windowMs: 5_000, answerTimeoutMs: 700, retriesMax: 1 });
  await forceCircuit(ctx, { ...SHIPPING, side: 'closed', reason });

  const restored = await restoreCircuit(ctx, { ...SHIPPING, version: first.version!, reason: 'they are over' });
  expect(restored.acknowledgements).toMatchObject([{ state: 'applied' }]);
  expect(await shipping()).toMatchObject({ failureThreshold: 9, windowMs: 0, answerTimeoutMs: 700 });
  const { forced, audit } = await getControl(ctx, SHIPPING);
  expect(forced).toMatchObject({ side: 'closed' });
  expect(audit[0]).toMatchObject({
    verb: 'circuits.restore',
    input: { restored: first.version, failureThreshold: 9, reason: 'they are over' },
  });
  const versions = await listSettingsVersions(ctx, SHIPPING);
  expect(versions.map(({ version, isWanted, reason: why }) => [version, isWanted, why])).toEqual([
    [restored.version, true, 'they are over'],
    [second.version, false, 'worse days'],
    [first.version, true, 'slow days'],
  ]);
  await releaseCircuit(ctx, { ...SHIPPING, reason: 'over' });
  const unknown = restoreCircuit(ctx, { ...SHIPPING, version: 1_000_000, reason });
  await expect(unknown).rejects.toThrow('There is no version 1000000');
  const reader = { ...ctx, actor: { ...LOCAL_OPERATOR, role: 'reader' as const } };
  await expect(restoreCircuit(reader, { ...SHIPPING, version: first.version!, reason })).rejects.toThrow(/role editor/);
});

it('lets settings decide as a shadow first, over a restart of the gateway, and puts them in force', async () => {
  const wanted = { failureThreshold: 1, windowMs: 0 };
  const started = await startShadow(ctx, { ...PAYMENTS, ...wanted, reason: 'is 1 too few?' });
  expect(started.acknowledgements).toMatchObject([{ state: 'applied' }]);
  const { shadowSinceMs, tuned } = await getControl(ctx, PAYMENTS);
  expect(tuned.failureThreshold).toBeNull();
  await gateway.kill();
  gateway = await startGatewayProcess(variables);

  status = 500;
  expect([await pay(), await pay(), await pay()]).toEqual([500, 500, 500]);
  status = 200;
  await vi.waitFor(
    async () =>
      expect(shadowed()).toMatchObject({
        state: 'open',
        opened: 1,
        passed: { failing: 1 },
        refused: { failing: 2 },
      }),
    20_000,
  );
  expect(await payments()).toMatchObject({ state: 'closed', threshold: 5 });

  const asked = { ...PAYMENTS, sinceMs: shadowSinceMs!, reason: 'it is not' };
  await expect(applyShadow(ctx, { ...asked, sinceMs: 1 })).rejects.toThrow('another has taken its place');
  const applied = await applyShadow(ctx, asked);
  expect(applied.acknowledgements).toMatchObject([{ state: 'applied' }]);
  expect(await payments()).toMatchObject({ threshold: 1 });
  expect(shadowed()).toBeNull();
  await expect(endShadow(ctx, asked)).rejects.toThrow('has been ended');

  await startShadow(ctx, { ...PAYMENTS, resetTimeoutMs: 900, reason: 'shorter?' });
  const second = await getControl(ctx, PAYMENTS);
  await endShadow(ctx, { ...PAYMENTS, sinceMs: second.shadowSinceMs!, reason: 'enough' });
  const after = await getControl(ctx, PAYMENTS);
  expect(after).toMatchObject({ shadowSinceMs: null, instances: [{ settings: { resetTimeoutMs: 30_000 } }] });
  expect(after.audit.slice(0, 4).map(({ verb, input }) => [verb, input.reason])).toEqual([
    ['circuits.endShadow', 'enough'],
    ['circuits.startShadow', 'shorter?'],
    ['circuits.applyShadow', 'it is not'],
    ['circuits.startShadow', 'is 1 too few?'],
  ]);
  expect(after.audit[2]?.input).toMatchObject(wanted);
  await tuneCircuit(ctx, { ...PAYMENTS, failureThreshold: null, reason: 'as before' });
});

it.each([
  ['nothing to try', {}, /at least one of failureThreshold/],
  ['a reader', { failureThreshold: 2 }, /takes the role editor/],
])('refuses a shadow with %s', async (name, settings, message) => {
  const actor = name === 'a reader' ? { ...LOCAL_OPERATOR, role: 'reader' as const } : LOCAL_OPERATOR;
  await expect(startShadow({ ...ctx, actor }, { ...PAYMENTS, ...settings, reason })).rejects.toThrow(message);
});

it.each([
  ['a reader', { actor: { ...LOCAL_OPERATOR, role: 'reader' as const } }, {}, /takes the role editor/],
  ['no reason', {}, { reason: ' a ' }, /Say why/],
  ['more than a day', {}, { minutes: 1_441 }, /1440/],
  ['a breaker that is not there', {}, { name: 'nobody' }, /has no breaker nobody/],
  ['a breaker of another service', {}, { reporter: 'orders' }, /only those of the gateway/],
])('refuses %s, and leaves no trace', async (_name, context, input, message) => {
  const before = await control.db.auditEntry.count();
  const asked = forceCircuit({ ...ctx, ...context }, { ...PAYMENTS, side: 'open', reason, ...input });
  await expect(asked).rejects.toThrow(message);
  expect(await control.db.auditEntry.count()).toBe(before);
  expect(await payments()).toMatchObject({ forced: null });
});

it('says which gateway did not answer, and brings it up to date when it returns', async () => {
  await gateway.kill();
  const forced = await forceCircuit(ctx, { ...PAYMENTS, side: 'open', reason });
  expect(forced.acknowledgements).toEqual([{ instance: 'gateway-1', state: 'behind', reason: 'nobody listens there' }]);
  gateway = await startGatewayProcess(variables);
  await vi.waitFor(async () => expect(await payments()).toMatchObject({ forced: 'open' }), 20_000);
  await vi.waitFor(() => expect(gateways.status()).toMatchObject([{ state: 'applied' }]), 20_000);
});

it('holds without the console: a gateway that is killed starts as it ended', async () => {
  await gateways.stop();
  await gateway.kill();
  gateway = await startGatewayProcess(variables);
  expect(await payments()).toMatchObject({ forced: 'open', forcedReason: reason });
  gateways = open();
  ctx = { ...ctx, gateways };
  await vi.waitFor(() => expect(gateways.status()).toMatchObject([{ state: 'applied' }]), 20_000);
  await releaseCircuit(ctx, { ...PAYMENTS, reason: 'over' });
});

it('lets many operators act at once: every version once, every entry in the chain', async () => {
  const names = ['auth', 'catalog', 'inventory', 'orders', 'payments', 'shipping', 'notifications'];
  const results = await Promise.all(
    names.map((name) => forceCircuit(ctx, { reporter: 'gateway', name, side: 'closed', reason: `drill of ${name}` })),
  );
  expect(new Set(results.map(({ version }) => version)).size).toBe(names.length);
  await vi.waitFor(() => {
    const held = gateways.status()[0]?.held;
    expect(held?.circuits.map(({ state }) => state)).toEqual(names.map(() => 'forced_closed'));
  }, 20_000);
  const { faults, entries, head } = await verifyAudit(readAudit(control.db));
  expect(faults).toEqual([]);
  expect(Number(head?.seq)).toBe(entries);
});
