// The whole thread: a transition in the store and its NOTIFY, to a POST at the receiver.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { startSlackReceiver, type SlackReceiver } from '#e2e/slack-receiver.ts';
import { openConfig, type Config } from '#server/config/open-config.ts';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { openWatchedDatabase } from '#server/integrity/watched-database.ts';
import { LIVE_CHANNEL, type LiveHint } from '#server/live/channel.ts';
import { startLiveHub } from '#server/live/hub.ts';
import { runDuties, type Duties } from '#server/run-duties.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { listAlerts } from './list-alerts.ts';
import { listChanges } from './list-changes.ts';
import { listRules } from './list-rules.ts';

const now = () => new Date();
let control: TestControl;
let engine: TestEngine;
let store: Store;
let slack: SlackReceiver;
let notifier: pg.Client;
let configDir: string;
let started: (() => Promise<void>)[] = [];

beforeAll(async () => {
  [control, engine, slack] = await Promise.all([startTestControl(), startTestEngine(), startSlackReceiver()]);
  store = createStore({ url: engine.url, database: 'alerts', log: control.log });
  await applySchema(store);
  notifier = new pg.Client({ connectionString: control.url });
  await notifier.connect();
});
afterAll(async () => {
  await notifier.end();
  await store.close();
  await Promise.all([engine.stop(), slack.stop(), control.stop()]);
});
beforeEach(async () => {
  configDir = mkdtempSync(path.join(tmpdir(), 'switchyard-alerts-'));
  for (const folder of ['rules', 'checks', 'runbooks']) mkdirSync(path.join(configDir, folder));
  cpSync('config/channels.yaml', path.join(configDir, 'channels.yaml'));
  await control.sql(
    'TRUNCATE control.alert, control.alert_group, control.notification, control.rule_evaluation, control.violation CASCADE',
  );
  for (const table of ['circuit_transitions', 'spans']) await store.command('test', `TRUNCATE TABLE ${table}`);
});
afterEach(async () => {
  for (const stop of started.splice(0)) await stop();
  rmSync(configDir, { recursive: true });
});

function writeRules(rules: string): void {
  writeFileSync(path.join(configDir, 'rules/rules.yaml'), `groups: [{name: g, rules: [${rules}]}]`);
}

/** A console's duties with its live hub; an interval of a minute shows what events alone do. */
async function start(
  rest: { store?: Store; ruleIntervalMs?: number } = {},
): Promise<{ duties: Duties; config: Config }> {
  const env = {
    CONFIG_DIR: configDir,
    PUBLIC_URL: 'http://127.0.0.1:3000',
    CHANNEL_SECRETS: { SLACK_WEBHOOK_URL: slack.url },
  };
  const config = openConfig(env, control.log);
  const options = { databaseUrl: control.url, db: control.db, store, log: control.log, now };
  const watched = openWatchedDatabase({ adminUrl: control.url });
  const duties = runDuties({ ...options, config, watched, ruleIntervalMs: 60_000, ...rest });
  const hub = startLiveHub({
    ...options,
    readNewest: () => Promise.reject(new Error('not asked')),
    onListening: () => duties.wake('circuit'),
    onHint: (kind) => (kind === 'circuit' || kind === 'integrity' ? duties.wake(kind) : undefined),
  });
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await Promise.all([hub.stop(), duties.stop()]);
    config.stop();
  };
  started.push(stop);
  await vi.waitFor(() => expect(duties.isElected()).toBe(true), 5_000);
  await vi.waitFor(async () => expect(await control.db.ruleEvaluation.count()).toBeGreaterThan(0), 5_000);
  return { duties: { ...duties, stop }, config };
}

async function transition(state: string, previousState: string): Promise<number> {
  const nowMs = Date.now();
  await store.command(
    'test',
    `INSERT INTO circuit_transitions (timestamp, name, service_name, service_instance_id, state, previous_state)
     VALUES (fromUnixTimestamp64Milli(${nowMs}), 'payments', 'gateway', 'gateway-1', '${state}', '${previousState}')`,
  );
  const breaker = { kind: 'circuit', name: 'payments', reporter: 'gateway', instance: 'gateway-1' } as const;
  const hint = { ...breaker, state, previousState, tMs: nowMs } satisfies LiveHint;
  const notifiedAtMs = Date.now();
  await notifier.query('SELECT pg_notify($1, $2)', [LIVE_CHANNEL, JSON.stringify(hint)]);
  return notifiedAtMs;
}

const CIRCUIT_OPEN = `{alert: CircuitOpen, expr: circuit_breaker_open == 1, labels: {severity: critical}, annotations: {summary: "{{ $labels.name }} is cut off", runbook: circuit-open}}`;
const slackSays = (what: RegExp, afterMs: number) =>
  slack.waitFor(({ atMs, text }) => atMs >= afterMs && what.test(text), 8_000);

it('an open breaker is at the receiver within 300 ms of its NOTIFY, and its closing is told', async () => {
  writeRules(CIRCUIT_OPEN);
  const { config } = await start();
  const latencies: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const openedAtMs = await transition('open', 'closed');
    const fired = await slackSays(/FIRING · CircuitOpen · gateway → payments: payments is cut off/, openedAtMs);
    latencies.push(fired.atMs - openedAtMs);
    const closedAtMs = await transition('closed', 'half_open');
    const resolved = await slackSays(/RESOLVED · CircuitOpen/, closedAtMs);
    expect(resolved.raw).toContain('/runbooks/circuit-open');
    // The receiver takes one message a second: let the pace of this round not be measured as latency of the next.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  }
  expect(latencies.toSorted((a, b) => a - b)[1]).toBeLessThan(300);

  await vi.waitFor(async () => {
    const alerts = await listAlerts({ ...control, config, now }, { state: 'resolved' });
    expect(alerts).toHaveLength(3);
    expect(alerts[0]).toMatchObject({
      rule: 'CircuitOpen',
      state: 'resolved',
      severity: 'critical',
      runbook: 'circuit-open',
      href: '/circuits?breaker=gateway~payments',
      notifications: [
        { channel: 'slack', event: 'firing', status: 'sent', attempts: 1, reason: 'Slack answered 200 ok' },
        { channel: 'slack', event: 'resolved', status: 'sent', attempts: 1 },
      ],
    });
  });
  expect(await listAlerts({ ...control, config, now }, {})).toEqual([]);
  const range = { fromMs: Date.now() - 60_000, toMs: Date.now() + 1 };
  const titles = (await listChanges(control, { range, limit: 2 })).map(({ title }) => title);
  expect(titles).toEqual(['CircuitOpen resolved', 'CircuitOpen fired']);
  expect(await listRules({ ...control, config })).toMatchObject([
    { name: 'CircuitOpen', state: 'inactive', health: 'ok', currentValue: 0 },
  ]);
});

it('tells nobody twice when it is started again, nor when two run', async () => {
  writeRules(CIRCUIT_OPEN);
  const first = await start();
  const openedAtMs = await transition('open', 'closed');
  await slackSays(/FIRING/, openedAtMs);
  await vi.waitFor(async () =>
    expect((await listAlerts({ ...control, config: first.config, now }, {}))[0]?.notifications[0]?.status).toBe('sent'),
  );
  await first.duties.stop();
  const restartedAtMs = Date.now();
  const second = await start();
  second.duties.wake('circuit');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(slack.messages.filter(({ atMs }) => atMs >= restartedAtMs)).toEqual([]);
  expect(await listAlerts({ ...control, config: second.config, now }, {})).toMatchObject([{ state: 'firing' }]);
});

it('keeps its alerts while the store is away, says so, and goes on when it is back', async () => {
  writeRules(CIRCUIT_OPEN);
  const { duties, config } = await start();
  await slackSays(/FIRING/, await transition('open', 'closed'));
  await engine.kill();
  duties.wake('circuit');
  await vi.waitFor(
    async () => expect(await listRules({ ...control, config })).toMatchObject([{ health: 'error', state: 'firing' }]),
    15_000,
  );
  const [rule] = await listRules({ ...control, config });
  expect(rule?.lastError).toMatch(/\S/);
  expect(await listAlerts({ ...control, config, now }, {})).toHaveLength(1);
  await engine.restart();
  const closedAtMs = await transition('closed', 'open');
  await slackSays(/RESOLVED/, closedAtMs);
});

it('waits for `for` and holds by `keep_firing_for` on time, without an interval to help', async () => {
  writeRules(
    `{alert: CircuitOpen, expr: circuit_breaker_open == 1, for: 600ms, keep_firing_for: 700ms, annotations: {summary: s}}`,
  );
  const { config } = await start();
  const openedAtMs = await transition('open', 'closed');
  await vi.waitFor(async () =>
    expect(await listAlerts({ ...control, config, now }, {})).toMatchObject([{ state: 'pending' }]),
  );
  const fired = await slackSays(/FIRING/, openedAtMs);
  expect(fired.atMs - openedAtMs).toBeGreaterThanOrEqual(600);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const closedAtMs = await transition('closed', 'open');
  const resolved = await slackSays(/RESOLVED/, closedAtMs);
  expect(resolved.atMs - closedAtMs).toBeGreaterThanOrEqual(700);
  expect(resolved.atMs - closedAtMs).toBeLessThan(2_500);
});

it('ends the alerts of a rule that is removed, and takes a new one without a restart', async () => {
  writeRules(CIRCUIT_OPEN);
  await start();
  await slackSays(/FIRING/, await transition('open', 'closed'));
  const editedAtMs = Date.now();
  writeRules(CIRCUIT_OPEN.replace('CircuitOpen', 'BreakerOpen'));
  await slackSays(/RESOLVED · CircuitOpen/, editedAtMs);
  await slackSays(/FIRING · BreakerOpen/, editedAtMs);
});

it('a file that becomes wrong keeps its rules, and is shown', async () => {
  writeRules(CIRCUIT_OPEN);
  const { config } = await start();
  await slackSays(/FIRING/, await transition('open', 'closed'));
  writeRules('{alert: CircuitOpen, expression: up == 0}');
  await vi.waitFor(async () => expect(await listRules({ ...control, config })).toHaveLength(2), 5_000);
  expect((await listRules({ ...control, config }))[1]).toMatchObject({
    name: 'rules.yaml',
    health: 'error',
    lastError: expect.stringMatching(/Unrecognized key: "expression"/),
  });
  expect(await listAlerts({ ...control, config, now }, {})).toHaveLength(1);
});
