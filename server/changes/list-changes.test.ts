import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openConfig } from '#server/config/open-config.ts';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { insertLogs, insertTransitions } from '#server/store/queries/testing.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { listChanges } from './list-changes.ts';

const NOW = Date.now();
const range = { fromMs: NOW - 3_600_000, toMs: NOW };
const configDir = mkdtempSync(path.join(tmpdir(), 'switchyard-changes-'));

let engine: TestEngine;
let control: TestControl;
let store: Store;
let config: ReturnType<typeof openConfig>;
beforeAll(async () => {
  [engine, control] = await Promise.all([startTestEngine(), startTestControl()]);
  store = createStore({ url: engine.url, database: 'changes', log: control.log });
  config = openConfig({ CONFIG_DIR: configDir, PUBLIC_URL: 'http://127.0.0.1:3000' }, control.log);
  await applySchema(store);
});
afterAll(async () => {
  config?.stop();
  await store?.close();
  await Promise.all([engine?.stop(), control?.stop()]);
  rmSync(configDir, { recursive: true, force: true });
});

const list = async (limit = 50) =>
  (await listChanges({ db: control.db, store, config, now: () => new Date(NOW) }, { range, limit })).map(
    ({ kind, title }) => `${kind}: ${title}`,
  );

it('answers nothing while nothing changed, and everything that did, newest first', async () => {
  expect(await list()).toEqual([]);
  await insertTransitions(store, [
    { atMs: NOW - 40_000, name: 'payments', state: 'open', reason: 'timeouts' },
    { atMs: NOW - 4_000_000, name: 'orders', state: 'open' },
  ]);
  const supervisor = { service: 'switchyard-supervisor', attributes: { 'process.name': 'engine' } };
  await insertLogs(store, [
    {
      ...supervisor,
      atMs: NOW - 30_000,
      event: 'switchyard.process.exit',
      attributes: { 'process.name': 'engine', 'process.signal': 'SIGKILL' },
    },
    { ...supervisor, atMs: NOW - 28_000, event: 'switchyard.process.start' },
    // Anyone may send logs: only what the supervisor says is about processes.
    { ...supervisor, service: 'stranger', atMs: NOW - 1_000, event: 'switchyard.process.exit' },
  ]);
  await control.db.alert.create({
    data: {
      ruleKey: 'a',
      rule: 'CircuitOpen',
      fingerprint: 'f',
      state: 'firing',
      severity: 'critical',
      labels: { service: 'gateway', name: 'payments' },
      annotations: { summary: 'payments is open' },
      activeSince: new Date(NOW - 39_000),
      events: { create: { state: 'firing', at: new Date(NOW - 39_000), reason: 'true' } },
    },
  });
  await control.db.checkRun.create({
    data: {
      check: 'orphans',
      startedAt: new Date(NOW - 20_000),
      durationMs: 3,
      trigger: 'schedule',
      status: 'violated',
      violations: 1,
      newViolations: 1,
    },
  });
  await control.db.deploy.create({ data: { service: 'orders', version: '2', at: new Date(NOW - 10_000) } });
  await control.db.gatewayConfiguration.createMany({
    data: [
      { version: 1, issuedAt: new Date(NOW - 5_000_000), actor: 'me', reason: 'begin', document: {} },
      {
        version: 2,
        issuedAt: new Date(NOW - 15_000),
        actor: 'me',
        reason: 'too touchy',
        document: { orders: { failureThreshold: 9 } },
        limits: { short: { quota: 40, windowMs: 1_000 } },
        routes: { orders: { cacheTtlMs: 0 } },
      },
    ],
  });
  expect(await list()).toEqual([
    'deploy: orders 2 deployed',
    'configuration: Breaker orders: threshold default → 9',
    'configuration: Limit short: default → 40 in 1 s',
    'configuration: Route /api/orders: answers kept default → not at all',
    'integrity: orphans: violated',
    'process: engine was killed (SIGKILL) and restarted',
    'alert: CircuitOpen fired',
    'circuit: Breaker payments opened',
  ]);
  expect(await list(2)).toHaveLength(2);

  await insertTransitions(store, [{ atMs: NOW - 1_000, name: 'payments', state: 'forced_open', reason: 'drill' }]);
  const [forced] = await listChanges({ db: control.db, store, config, now: () => new Date(NOW) }, { range, limit: 50 });
  expect(forced).toMatchObject({ kind: 'circuit', detail: 'after it: too early to tell · drill, on gateway' });
});
