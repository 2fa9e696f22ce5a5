// The pipeline against Postgres, with a clock of the test's own.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createLog } from '#server/log.ts';
import { fingerprint } from '#server/rules/fingerprint.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { parseChannelsFile } from '../parse-channels-file.ts';
import { flushGroups, type PipelineContext } from './flush-groups.ts';
import { parseRouting } from './parse-routing.ts';
import { runPipeline } from './run-pipeline.ts';

const START_MS = Date.UTC(2026, 4, 1);
const FILE = `
channels:
  - {name: hook, kind: webhook, url: WEBHOOK_URL}
  - {name: pager, kind: pagerduty, routing_key: PAGERDUTY_KEY, send_resolved: false}
route:
  receiver: hook
  group_by: [alertname]
  group_wait: 10s
  group_interval: 1m
  repeat_interval: 1h
  routes: [{receiver: pager, matchers: [severity=critical], continue: true}, {receiver: hook}]
`;
let control: TestControl;
let lease: PipelineContext['lease'];
let clockMs = START_MS;

beforeAll(async () => {
  control = await startTestControl();
  await control.db.lease.create({ data: { name: 'console', epoch: 1n, holder: 'test', acquiredAt: new Date() } });
  lease = { name: 'console', epoch: 1n };
});
afterAll(() => control.stop());
beforeEach(async () => {
  clockMs = START_MS;
  await control.sql('TRUNCATE control.alert, control.alert_group, control.notification, control.silence CASCADE');
});

function context(file = FILE): PipelineContext {
  const channels = parseChannelsFile(file, { WEBHOOK_URL: 'http://127.0.0.1:1', PAGERDUTY_KEY: 'k'.repeat(32) });
  const routing = parseRouting(
    file,
    channels.map(({ name }) => name),
  );
  const config = { channels: { values: () => channels }, routing: () => routing, rules: { values: () => [] } };
  return {
    db: control.db,
    config: config as unknown as PipelineContext['config'],
    lease,
    now: () => new Date(clockMs),
  };
}

async function fire(name: string, severity = 'warning', rest: { expiresAt?: Date } = {}) {
  const labels = { alertname: 'Down', name, severity };
  const at = new Date(clockMs);
  const row = {
    ruleKey: 'r',
    rule: 'Down',
    fingerprint: fingerprint(labels),
    state: 'firing' as const,
    severity,
    labels,
  };
  const data = { ...row, annotations: {}, openKey: `r:${name}`, activeSince: at, firedAt: at, ...rest };
  return control.db.alert.create({ data });
}
const resolve = (id: string) =>
  control.db.alert.update({ where: { id }, data: { state: 'resolved', resolvedAt: new Date(clockMs), openKey: null } });
async function sent(): Promise<string[]> {
  const rows = await control.db.notification.findMany({ orderBy: { id: 'asc' } });
  return rows.map(({ channel, event, content }) => {
    const { alerts } = content as unknown as { alerts: { labels: { name: string }; status: string }[] };
    return `${channel} ${event}: ${alerts.map(({ labels, status }) => `${labels.name} ${status}`).join(', ')}`;
  });
}
async function flushAt(s: number, ctx = context()) {
  clockMs = START_MS + s * 1_000;
  return flushGroups(ctx);
}

it('groups, waits, tells the end, and forgets', async () => {
  const [a] = [await fire('a'), await fire('b')];
  expect(await flushAt(0)).toEqual({ queued: 0, dueMs: START_MS + 10_000 });
  expect(await flushAt(10)).toMatchObject({ queued: 1 });
  await resolve(a.id);
  expect(await flushAt(30)).toEqual({ queued: 0, dueMs: START_MS + 70_000 });
  await flushAt(70);
  expect(await sent()).toEqual(['hook firing: a firing, b firing', 'hook firing: b firing, a resolved']);
  await control.sql(`UPDATE control.alert SET state = 'resolved', resolved_at = now(), open_key = null`);
  await flushAt(130);
  expect((await sent()).at(-1)).toBe('hook resolved: b resolved');
  expect(await control.db.alertGroup.count()).toBe(0);
  const receipts = await control.db.notificationAlert.findMany({
    where: { alertId: a.id },
    orderBy: { notificationId: 'asc' },
  });
  expect(receipts.map(({ event }) => event)).toEqual(['firing', 'resolved']);
});

it('a kind that keeps one state an alert gets a message for each, and a channel without resolves none', async () => {
  const a = await fire('a', 'critical');
  await fire('b', 'critical');
  await flushAt(10);
  await resolve(a.id);
  await flushAt(70);
  expect((await sent()).toSorted()).toEqual([
    'hook firing: a firing, b firing',
    'hook firing: b firing, a resolved',
    'pager firing: a firing',
    'pager firing: b firing',
  ]);
});

it('who decides again, as after a restart, tells nothing again', async () => {
  await fire('a');
  for (const s of [10, 10, 60, 3_000]) await flushAt(s);
  expect(await sent()).toEqual(['hook firing: a firing']);
});

it('a console that was replaced tells nothing', async () => {
  await fire('a');
  await expect(flushAt(10, { ...context(), lease: { name: 'console', epoch: 0n } })).rejects.toThrow();
  expect(await sent()).toEqual([]);
});

it('a silence keeps it back, and is over on time; what was pushed expires', async () => {
  await fire('a', 'warning', { expiresAt: new Date(START_MS + 60_000) });
  const at = new Date(START_MS);
  const matchers = [{ name: 'name', value: 'a', isRegex: false, isEqual: true }];
  await control.db.silence.create({
    data: {
      matchers,
      startsAt: at,
      endsAt: new Date(START_MS + 20_000),
      author: 'x',
      comment: '',
      createdAt: at,
      updatedAt: at,
    },
  });
  expect(await flushAt(15)).toEqual({ queued: 0, dueMs: START_MS + 20_000 });
  expect(await flushAt(20)).toEqual({ queued: 1, dueMs: START_MS + 60_000 });
  await flushAt(81);
  expect(await sent()).toEqual(['hook firing: a firing', 'hook resolved: a resolved']);
  expect(await control.db.alert.findMany()).toMatchObject([
    { state: 'resolved', resolvedAt: new Date(START_MS + 60_000) },
  ]);
});

it('a wait that began before a restart ends after it', async () => {
  clockMs = Date.now();
  await fire('a');
  const file = FILE.replace('10s', '300ms');
  const start = () =>
    runPipeline({ ...context(file), now: () => new Date(), log: createLog('test', 'silent'), onQueued: () => {} });
  const first = start();
  await first.stop();
  expect(await sent()).toEqual([]);
  const second = start();
  await expect.poll(sent, { timeout: 5_000 }).toEqual(['hook firing: a firing']);
  await second.stop();
});
