import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOCAL_OPERATOR } from '#server/access/local-operator.ts';
import { writeAudit } from '#server/audit/write-audit.ts';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { noteDropped } from '#server/retention/note-dropped.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { insertTransitions } from '#server/store/queries/testing.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { listNotices } from './list-notices.ts';

const NOW = Date.now();
const ago = (ms: number) => new Date(NOW - ms);
let engine: TestEngine;
let control: TestControl;
let store: Store;
beforeAll(async () => {
  [engine, control] = await Promise.all([startTestEngine(), startTestControl()]);
  store = createStore({ url: engine.url, database: 'notices', log: control.log });
  await applySchema(store);
});
afterAll(async () => {
  await store?.close();
  await Promise.all([engine?.stop(), control?.stop()]);
});

const list = (limit = 50) => listNotices({ db: control.db, store, now: () => new Date(NOW) }, { limit });
const titles = async () => (await list()).notices.map(({ kind, title }) => `${kind}: ${title}`);

it('tells what fired, opened, was not delivered and ended, newest first, and nothing that is as it should be', async () => {
  expect(await list()).toEqual({ notices: [], missing: [] });
  await insertTransitions(store, [
    { atMs: NOW - 90_000, name: 'payments', state: 'open', reason: 'timeouts' },
    { atMs: NOW - 80_000, name: 'payments', state: 'half_open', previous: 'open' },
    { atMs: NOW - 70_000, name: 'payments', state: 'closed', previous: 'half_open' },
    { atMs: NOW - 60_000, name: 'orders', state: 'forced_open', reason: 'drill' },
    { atMs: NOW - 8 * 86_400_000, name: 'orders', state: 'open' },
  ]);
  const alert = await control.db.alert.create({
    data: {
      ruleKey: 'a',
      rule: 'CircuitOpen',
      fingerprint: 'f',
      state: 'resolved',
      severity: 'critical',
      labels: { service: 'gateway', name: 'payments' },
      annotations: { summary: 'payments is open' },
      activeSince: ago(89_000),
      events: {
        create: [
          { state: 'pending', at: ago(89_000), reason: 'true' },
          { state: 'firing', at: ago(88_000), reason: 'true' },
          { state: 'resolved', at: ago(50_000), reason: 'false' },
        ],
      },
    },
  });
  const notification = {
    channel: 'slack',
    event: 'firing' as const,
    content: { alerts: [{ rule: alert.rule, fingerprint: 'f' }] },
    nextAttemptAt: ago(0),
    createdAt: ago(45_000),
  };
  await control.db.notification.createMany({
    data: [
      { ...notification, status: 'failed', reason: 'Slack answers 404', finishedAt: ago(40_000) },
      { ...notification, status: 'sent', finishedAt: ago(39_000) },
      { ...notification, status: 'retrying', reason: 'Slack answers 503' },
    ],
  });
  const exercise = { startedAt: ago(99_000), actor: 'me', workers: 4, heartbeatAt: ago(0) };
  const test = { ...exercise, target: 'http://shop', seconds: 60, pace: 1, oneAddress: false };
  await control.db.loadTest.createMany({
    data: [
      { ...test, status: 'passed', endedAt: ago(30_000) },
      { ...test, status: 'running' },
    ],
  });
  await control.db.drill.create({
    data: {
      ...exercise,
      scenario: 'payments-errors',
      status: 'broken',
      fault: 'It went away.',
      phase: 'done',
      faultSeconds: 30,
      service: 'payments',
      endedAt: ago(20_000),
    },
  });
  const dropped = [{ database: 'd', table: 'spans', id: '20260101', rows: 3, bytes: 9, oldestMs: null }];
  // Nobody asked for that one: a day passed.
  await noteDropped(control.db, { signal: 'logs', daysKept: 7, dropped: [] }, ago(19_000));
  await control.db.$transaction((tx) =>
    writeAudit(tx, { actor: LOCAL_OPERATOR, at: ago(15_000), verb: 'retention.set', subject: 'traces', input: {} }),
  );
  await noteDropped(control.db, { signal: 'traces', daysKept: 1, dropped }, ago(10_000));

  const { notices, missing } = await list();
  expect(missing).toEqual([]);
  expect(notices.map(({ kind, severity, title, detail }) => `${kind} ${severity}: ${title} (${detail})`)).toEqual([
    'job info: Traces older than a day were deleted (3 rows, as Local operator set it)',
    'job warning: Drill broke: Payments answer with errors (It went away.)',
    'job ok: Load test passed (4 shoppers for 60 s, me)',
    'delivery critical: slack was not told: CircuitOpen fired (Slack answers 404)',
    'alert ok: CircuitOpen resolved (payments is open)',
    'circuit critical: Breaker orders was forced open (drill, on gateway)',
    'alert critical: CircuitOpen fired (payments is open)',
    'circuit critical: Breaker payments opened (timeouts, on gateway)',
  ]);
  expect((await list(2)).notices).toHaveLength(2);
});

it('a store that is away hides the breakers, says so, and tells the rest', async () => {
  const away = createStore({ url: 'http://127.0.0.1:9', database: 'notices', log: control.log });
  const before = await titles();
  const { notices, missing } = await listNotices(
    { db: control.db, store: away, now: () => new Date(NOW) },
    { limit: 50 },
  );
  await away.close();
  expect(missing).toEqual([expect.stringMatching(/^Breakers: /)]);
  expect(notices.map(({ kind, title }) => `${kind}: ${title}`)).toEqual(
    before.filter((line) => !line.startsWith('circuit')),
  );
});
