// The whole thread: a breaker's new state in the store and its NOTIFY, to a POST at the receiver. Nothing here is timed: how long it takes, `npm run bench:alert-latency` tells.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { startSlackReceiver, type SlackReceiver } from '#e2e/slack-receiver.ts';
import { openConfig, type Config } from '#server/config/open-config.ts';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { openWatchedDatabase } from '#server/integrity/watched-database.ts';
import { Labels } from '#server/promql/labels/labels.ts';
import { LIVE_CHANNEL, type LiveHint } from '#server/live/channel.ts';
import { startLiveHub } from '#server/live/hub.ts';
import { runDuties, type Duties } from '#server/run-duties.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { createSeriesWriter, type SeriesWriter } from './series/series-writer.ts';
import { listAlerts } from './list-alerts.ts';
import { listChanges } from './list-changes.ts';
import { listRules } from './list-rules.ts';

const now = () => new Date();
let control: TestControl;
let engine: TestEngine;
let store: Store;
let writer: SeriesWriter;
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
  writer = createSeriesWriter(store);
  configDir = mkdtempSync(path.join(tmpdir(), 'switchyard-alerts-'));
  for (const folder of ['rules', 'checks', 'runbooks']) mkdirSync(path.join(configDir, folder));
  cpSync('config/channels.yaml', path.join(configDir, 'channels.yaml'));
  await control.sql(
    'TRUNCATE control.alert, control.alert_group, control.notification, control.rule_evaluation, control.violation CASCADE',
  );
  for (const table of ['series', 'samples']) await store.command('test', `TRUNCATE TABLE ${table}`);
});
afterEach(async () => {
  for (const stop of started.splice(0)) await stop();
  rmSync(configDir, { recursive: true });
});

function writeRules(rules: string): void {
  writeFileSync(path.join(configDir, 'rules/rules.yaml'), `groups: [{name: g, rules: [${rules}]}]`);
}

/** Far longer than a test: what happens, happens by events alone. */
const INTERVAL_MS = 3_600_000;
const PATIENCE_MS = 25_000;

/** A console's duties with its live hub. */
async function start(): Promise<{ duties: Duties; config: Config }> {
  const env = {
    CONFIG_DIR: configDir,
    PUBLIC_URL: 'http://127.0.0.1:3000',
    CHANNEL_SECRETS: { SLACK_WEBHOOK_URL: slack.url },
  };
  const config = openConfig(env, control.log);
  const options = { databaseUrl: control.url, db: control.db, store, log: control.log, now };
  const watched = openWatchedDatabase({ adminUrl: control.url });
  const duties = runDuties({ ...options, config, watched, ruleIntervalMs: INTERVAL_MS });
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
  await vi.waitFor(() => expect(duties.isElected()).toBe(true), PATIENCE_MS);
  await vi.waitFor(async () => expect(await control.db.ruleEvaluation.count()).toBeGreaterThan(0), PATIENCE_MS);
  return { duties: { ...duties, stop }, config };
}

/** As the collector tells it: what can be asked for first, then the hint. */
async function transition(state: string, previousState: string): Promise<number> {
  const nowMs = Date.now();
  const of = { service: 'gateway', name: 'payments', instance: 'gateway-1' };
  await writer.write(
    ['closed', 'open', 'half_open'].map((each) => ({
      labels: Labels.from(Object.entries({ __name__: 'circuit_breaker_state', ...of, state: each })),
      value: Number(each === state),
      timeMs: nowMs,
    })),
  );
  const breaker = { kind: 'circuit', name: of.name, reporter: of.service, instance: of.instance } as const;
  const hint = { ...breaker, state, previousState, tMs: nowMs } satisfies LiveHint;
  await notifier.query('SELECT pg_notify($1, $2)', [LIVE_CHANNEL, JSON.stringify(hint)]);
  return nowMs;
}

const OPEN = 'max by (service, name, instance) (circuit_breaker_state{state="open"}) == 1';
const CIRCUIT_OPEN = `{alert: CircuitOpen, expr: '${OPEN}', labels: {severity: critical}, annotations: {summary: "{{ $labels.name }} is cut off", runbook: circuit-open}}`;
const slackSays = (what: RegExp, afterMs: number) =>
  slack.waitFor(({ atMs, text }) => atMs >= afterMs && what.test(text), PATIENCE_MS);

it('the NOTIFY of an open breaker makes the receiver hear of it, and that of its closing too', async () => {
  writeRules(CIRCUIT_OPEN);
  const { config } = await start();
  for (let round = 0; round < 2; round += 1) {
    const openedAtMs = await transition('open', 'closed');
    await slackSays(/FIRING · CircuitOpen · gateway → payments: payments is cut off/, openedAtMs);
    const closedAtMs = await transition('closed', 'half_open');
    const resolved = await slackSays(/RESOLVED · CircuitOpen/, closedAtMs);
    expect(resolved.raw).toContain('/runbooks/circuit-open');
  }

  await vi.waitFor(async () => {
    const alerts = await listAlerts({ ...control, config, now }, { state: 'resolved' });
    expect(alerts).toHaveLength(2);
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
  }, PATIENCE_MS);
  expect(await listAlerts({ ...control, config, now }, {})).toEqual([]);
  const range = { fromMs: Date.now() - 3_600_000, toMs: Date.now() + 1 };
  const titles = (await listChanges(control, { range, limit: 2 })).map(({ title }) => title);
  expect(titles).toEqual(['CircuitOpen resolved', 'CircuitOpen fired']);
  expect(await listRules({ ...control, config })).toMatchObject([
    { kind: 'alert', name: 'CircuitOpen', state: 'inactive', health: 'ok', currentValue: 0 },
  ]);
});

it('tells nobody twice when it is started again, nor when two run', async () => {
  writeRules(CIRCUIT_OPEN);
  const first = await start();
  const openedAtMs = await transition('open', 'closed');
  await slackSays(/FIRING/, openedAtMs);
  await vi.waitFor(async () => {
    const [alert] = await listAlerts({ ...control, config: first.config, now }, {});
    expect(alert?.notifications[0]?.status).toBe('sent');
  }, PATIENCE_MS);
  await first.duties.stop();
  const restartedAtMs = Date.now();
  const second = await start();
  const wokenAt = new Date();
  second.duties.wake('circuit');
  await vi.waitFor(
    async () => expect(await control.db.ruleEvaluation.count({ where: { evaluatedAt: { gte: wokenAt } } })).toBe(1),
    PATIENCE_MS,
  );
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
    PATIENCE_MS,
  );
  const [rule] = await listRules({ ...control, config });
  expect(rule?.lastError).toMatch(/\S/);
  expect(await listAlerts({ ...control, config, now }, {})).toHaveLength(1);
  await engine.restart();
  const closedAtMs = await transition('closed', 'open');
  await slackSays(/RESOLVED/, closedAtMs);
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
  await vi.waitFor(async () => expect(await listRules({ ...control, config })).toHaveLength(2), PATIENCE_MS);
  expect((await listRules({ ...control, config }))[1]).toMatchObject({
    name: 'rules.yaml',
    health: 'error',
    lastError: expect.stringMatching(/Unrecognized key: "expression"/),
  });
  expect(await listAlerts({ ...control, config, now }, {})).toHaveLength(1);
});
