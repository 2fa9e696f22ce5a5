// Over HTTP behind the console's own door; spoken to by fetch, by Debian's amtool and by Debian's Prometheus.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LOCAL_OPERATOR } from '#server/access/local-operator.ts';
import { openConfig } from '#server/config/open-config.ts';
import { createConsoleServer } from '#server/http/console-server.ts';
import { resolveExpired } from '#server/rules/resolve-expired.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { createAlertmanagerApi } from './create-alertmanager-api.ts';

let control: TestControl;
let server: Server;
let url: string;
let config: ReturnType<typeof openConfig>;
let skewMs = 0;
const now = () => new Date(Date.now() + skewMs);

beforeAll(async () => {
  control = await startTestControl();
  config = openConfig({ CONFIG_DIR: 'config', PUBLIC_URL: 'http://127.0.0.1:3000' }, control.log);
  const api = createAlertmanagerApi({ db: control.db, config, actor: LOCAL_OPERATOR, log: control.log, now });
  server = createConsoleServer({
    publicUrl: new URL('http://switchyard.example'),
    isDevelopment: false,
    pages: () => null,
    api: async () => {},
    programApis: [api],
    metrics: new Registry(),
    isStopping: () => false,
    log: control.log,
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  config.stop();
  await control.stop();
});
beforeEach(async () => {
  skewMs = 0;
  await control.sql('TRUNCATE control.alert, control.silence, control.audit_entry CASCADE');
});

async function ask(target: string, body?: unknown, method = body === undefined ? 'GET' : 'POST', headers = {}) {
  const answer = await fetch(`${url}/api/v2/${target}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : null };
}
const down = (instance: string, rest = {}) => ({
  labels: { alertname: 'Down', instance, severity: 'critical' },
  annotations: { summary: 'down' },
  ...rest,
});
const inMs = (ms: number) => new Date(now().getTime() + ms).toISOString();
const silence = (rest = {}) => ({
  matchers: [{ name: 'instance', value: 'a', isRegex: false, isEqual: true }],
  startsAt: inMs(0),
  endsAt: inMs(3_600_000),
  createdBy: 'ada',
  comment: 'moving it',
  ...rest,
});

describe('alerts', () => {
  it('begin, are refreshed, and end when their sender says so', async () => {
    expect(await ask('alerts', [down('a', { generatorURL: 'http://prometheus/g' }), down('b')])).toEqual({
      status: 200,
      body: null,
    });
    await ask('alerts', [down('a')]);
    const { body } = await ask('alerts?filter=instance%3Da');
    expect(body).toMatchObject([
      {
        labels: { alertname: 'Down', instance: 'a' },
        annotations: { summary: 'down' },
        fingerprint: expect.stringMatching(/^[\da-f]{16}$/),
        status: { state: 'active', silencedBy: [], inhibitedBy: [] },
        receivers: [{ name: 'pagerduty' }, { name: 'email' }, { name: 'webhook' }, { name: 'slack' }],
      },
    ]);
    await ask('alerts', [down('a', { endsAt: inMs(-1_000) })]);
    expect((await ask('alerts')).body).toHaveLength(1);
    const rows = await control.db.alert.findMany({ orderBy: { id: 'asc' }, include: { events: true } });
    expect(rows.map(({ state, openKey }) => [state, openKey === null])).toEqual([
      ['resolved', true],
      ['firing', false],
    ]);
    expect(rows[0]!.events.map(({ state }) => state)).toEqual(['firing', 'resolved']);
  });

  it('that are not sent again end after five minutes', async () => {
    await ask('alerts', [down('a')]);
    skewMs = 299_000;
    expect((await resolveExpired(control.db, now())).nextExpiryMs).toBeGreaterThan(now().getTime());
    skewMs = 301_000;
    await resolveExpired(control.db, now());
    expect((await ask('alerts')).body).toEqual([]);
  });

  it('that two push at once are one', async () => {
    await Promise.all(Array.from({ length: 6 }, () => ask('alerts', [down('a')])));
    expect(await control.db.alert.count()).toBe(1);
  });

  it.each([
    ['no list', {}, 400],
    ['no labels', [{ labels: {} }], 400],
    ['a label that is none', [{ labels: { 'a-b': 'c' } }], 400],
    ['no time', [{ ...down('a'), endsAt: 'soon' }], 400],
  ])('with %s are refused', async (_, body, status) => expect((await ask('alerts', body)).status).toBe(status));
});

describe('silences', () => {
  it('are made, found, shown on alerts, and expired', async () => {
    await ask('alerts', [down('a'), down('b')]);
    const { body } = await ask('silences', silence());
    const id = body.silenceID;
    expect((await ask(`silence/${id}`)).body).toMatchObject({ id, createdBy: 'ada', status: { state: 'active' } });
    expect((await ask('silences?filter=instance%3D%22a%22')).body).toHaveLength(1);
    expect((await ask('silences?filter=instance%3D%22b%22')).body).toEqual([]);
    expect((await ask('alerts?filter=instance%3Da')).body[0].status).toMatchObject({
      state: 'suppressed',
      silencedBy: [id],
    });
    expect((await ask('alerts?silenced=false')).body).toHaveLength(1);
    expect((await ask(`silence/${id}`, undefined, 'DELETE')).status).toBe(200);
    expect((await ask('alerts?silenced=false')).body).toHaveLength(2);
    expect((await ask(`silence/${id}`)).body.status.state).toBe('expired');
    expect((await control.db.auditEntry.findMany({ orderBy: { id: 'asc' } })).map(({ verb }) => verb)).toEqual([
      'silences.create',
      'silences.expire',
    ]);
  });

  it.each([
    ['without a matcher', silence({ matchers: [] }), 400],
    ['of an unknown one', silence({ id: '00000000-0000-4000-8000-000000000000' }), 404],
    ['over already', silence({ startsAt: '2020-01-01T00:00:00Z', endsAt: '2020-01-02T00:00:00Z' }), 400],
  ])('%s are refused', async (_, body, status) => expect((await ask('silences', body)).status).toBe(status));
});

it('stays behind the door: a page elsewhere and a form get nowhere, a program needs no origin', async () => {
  expect((await fetch(`${url}/api/v2/alerts`, { headers: { origin: 'http://evil.example' } })).status).toBe(403);
  const form = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '[]' };
  expect((await fetch(`${url}/api/v2/alerts`, form)).status).toBe(415);
  const foreign = { method: 'DELETE', headers: { origin: 'http://evil.example' } };
  expect((await fetch(`${url}/api/v2/silence/00000000-0000-4000-8000-000000000000`, foreign)).status).toBe(403);
  expect((await ask('nothing')).status).toBe(404);
});

const AMTOOL = '/usr/bin/amtool';
const PROMETHEUS = '/usr/bin/prometheus';

const amtool = async (...args: string[]) =>
  (await promisify(execFile)(AMTOOL, [`--alertmanager.url=${url}`, ...args])).stdout;

describe.skipIf(!existsSync(AMTOOL))('amtool (of Debian’s prometheus-alertmanager)', () => {
  it('adds and queries alerts, makes and expires silences, shows routes', async () => {
    await amtool('alert', 'add', 'alertname=Disk', 'instance=db1', '--annotation=summary=full');
    expect(await amtool('alert', 'query', 'instance=~"db.*"')).toMatch(/Disk .* full /);
    const id = (
      await amtool('silence', 'add', 'instance=db1', '--author=ada', '--comment=moving', '--duration=2h')
    ).trim();
    expect(await amtool('silence', 'query')).toMatch(new RegExp(`${id} .*instance="db1".*ada.*moving`));
    expect(await amtool('alert', 'query')).not.toContain('Disk');
    expect(await amtool('alert', 'query', '--silenced')).toContain('Disk');
    await amtool('silence', 'expire', id);
    expect(await amtool('silence', 'query')).not.toContain(id);
    expect(await amtool('alert', 'query')).toContain('Disk');
    expect(await amtool('config', 'routes', 'test', 'severity=critical')).toContain('pagerduty,email,webhook,slack');
  });
});

describe.skipIf(!existsSync(PROMETHEUS))('Debian’s Prometheus', () => {
  it('pushes its alerts here, and their end', { timeout: 60_000 }, async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'switchyard-push-'));
    const rules = (expr: string) =>
      writeFileSync(
        path.join(dir, 'rules.yml'),
        `groups: [{name: g, rules: [{alert: Pushed, expr: '${expr}', labels: {severity: warning}, annotations: {summary: 'from prometheus'}}]}]`,
      );
    rules('vector(1)');
    writeFileSync(
      path.join(dir, 'prometheus.yml'),
      `global: {evaluation_interval: 1s}\nrule_files: [rules.yml]\nalerting: {alertmanagers: [{static_configs: [{targets: ["${new URL(url).host}"]}]}]}`,
    );
    const port = await freePort();
    const child = spawn(
      PROMETHEUS,
      [
        `--config.file=${dir}/prometheus.yml`,
        `--storage.tsdb.path=${dir}/data`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--web.enable-lifecycle',
        '--rules.alert.resend-delay=2s',
      ],
      { stdio: 'ignore' },
    );
    const exited = once(child, 'exit');
    try {
      const read = () => control.db.alert.findMany({ where: { rule: 'Pushed' } });
      await expect.poll(read, { timeout: 25_000 }).toMatchObject([
        {
          state: 'firing',
          severity: 'warning',
          annotations: { summary: 'from prometheus' },
          generatorUrl: expect.stringContaining('vector'),
        },
      ]);
      rules('vector(1) > 1');
      await fetch(`http://127.0.0.1:${port}/-/reload`, { method: 'POST' });
      await expect.poll(read, { timeout: 25_000 }).toMatchObject([{ state: 'resolved', openKey: null }]);
    } finally {
      child.kill('SIGKILL');
      await exited;
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
