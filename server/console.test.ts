// The console as its callers meet it, over real databases; pages are Next's own business and are played by a function.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTRPCClient, httpBatchLink, type TRPCClient } from '@trpc/client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startConsole, type Console } from '#server/console.ts';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { readEnv } from '#server/env.ts';
import type { Pages } from '#server/http/pages.ts';
import { sendHint } from '#server/live/send-hint.ts';
import { createLog } from '#server/log.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import type { AppRouter } from '#server/trpc/root.ts';

let control: TestControl;
let engine: TestEngine;
let configDir: string;
let running: Console;
let url: string;
let client: TRPCClient<AppRouter>;

const CHECK = `name: nothing
title: Nothing
severity: info
owner: team
schedule: "0 0 1 1 *"
key: [id]
sql: SELECT 1 AS id WHERE false
`;
const pages: Pages = {
  handle: async (request, response) =>
    void response
      .writeHead(200)
      .end(JSON.stringify({ url: request.url, policy: request.headers['content-security-policy'] })),
  close: async () => {},
};

beforeAll(async () => {
  [control, engine] = await Promise.all([startTestControl(), startTestEngine()]);
  configDir = mkdtempSync(path.join(tmpdir(), 'switchyard-console-'));
  for (const folder of ['rules', 'checks', 'runbooks']) mkdirSync(path.join(configDir, folder));
  cpSync('config/channels.yaml', path.join(configDir, 'channels.yaml'));
  writeFileSync(path.join(configDir, 'checks/nothing.yaml'), CHECK);
  writeFileSync(path.join(configDir, 'runbooks/help.md'), '# Help');
  running = await start();
  await running.ready;
  url = `http://127.0.0.1:${running.port}`;
  client = createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${url}/api/trpc` })] });
});
afterAll(async () => {
  await running.stop();
  await Promise.all([engine.stop(), control.stop()]);
  rmSync(configDir, { recursive: true });
});

function start(rest: Record<string, string> = {}, openPages = async () => pages): Promise<Console> {
  const env = readEnv({
    NODE_ENV: 'test',
    CONSOLE_PORT: '0',
    SWITCHYARD_FLEET: 'false',
    CONFIG_DIR: configDir,
    DATABASE_URL: control.url,
    CLICKHOUSE_URL: engine.url,
    PUBLIC_URL: 'http://switchyard.example',
    SHARE_URL: 'https://status.example',
    ...rest,
  });
  return startConsole(env, createLog('test', 'silent'), openPages);
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** `fetch` does not let a caller set Host and Origin, which is what attacks change. */
function ask(target: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${url}${target}`, { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: text }));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

const status = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).status;

it('serves pages under a policy of their own, with a nonce that the caller cannot choose', async () => {
  const spoofed = { 'content-security-policy': `script-src 'nonce-mine'` };
  const [first, second] = await Promise.all([ask('/circuits?x=1', spoofed), ask('/')]);
  const page = JSON.parse(first.body) as { url: string; policy: string };
  expect(page.url).toBe('/circuits?x=1');
  expect(page.policy).toBe(first.headers['content-security-policy']);
  expect(page.policy).toMatch(/script-src 'self' 'nonce-[\w+/=]{24}';/);
  expect(page.policy).toContain(`frame-ancestors 'none'`);
  expect(second.headers['content-security-policy']).not.toBe(page.policy);
  expect(first.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' });
});

it('answers a batch of queries, and a mutation with its audit row', async () => {
  const [checks, alerts, runbooks] = await Promise.all([
    client.integrity.list.query(),
    client.alerts.list.query({}),
    client.runbooks.list.query(),
  ]);
  expect(checks).toMatchObject([{ name: 'nothing' }]);
  expect(alerts).toEqual([]);
  expect(runbooks).toEqual([{ name: 'help', title: 'Help' }]);
  expect(await client.integrity.run.mutate({ name: 'nothing' })).toMatchObject({ status: 'passed', trigger: 'manual' });
  expect(await control.db.auditEntry.findMany()).toMatchObject([{ verb: 'integrity.run', actorId: 'local' }]);
});

it('tells what is wrong with an input, and nothing of what went wrong inside', async () => {
  await expect(client.integrity.get.query({ name: 'none' })).rejects.toMatchObject({
    message: 'There is no check none in config/checks.',
    data: { code: 'NOT_FOUND' },
  });
  const answer = await ask('/api/trpc/integrity.get?input=%7B%22name%22%3A1%7D');
  expect(answer.status).toBe(400);
  expect(answer.body).not.toMatch(/node_modules|at Object|\.ts:/);
});

it('lets the bearer of a link to the health page see that page under its address, and nothing else by any way', async () => {
  const { url: link } = await client.healthShares.create.mutate({ note: '', hours: 1 });
  const { host, pathname } = new URL(link);
  expect(host).toBe('status.example');
  const token = pathname.split('/').at(-1)!;
  expect(await status(pathname, { host })).toBe(200);
  const bearer = {
    host,
    authorization: `Bearer ${token}`,
    cookie: `token=${token}`,
    'content-type': 'application/json',
  };
  const input = encodeURIComponent(JSON.stringify({ token }));
  for (const target of ['/', '/health', '/circuits', '/metrics', '/api/v1/rules', '/api/v2/alerts', '/federate'])
    expect([target, await status(`${target}?token=${token}`, bearer)]).toEqual([target, 404]);
  for (const call of ['slos.health', 'alerts.list', 'healthShares.list', 'healthShares.open'])
    expect([call, await status(`/api/trpc/${call}?input=${input}`, bearer)]).toEqual([call, 404]);
  expect(await status('/api/trpc/integrity.run', bearer, 'POST', JSON.stringify({ name: 'nothing' }))).toBe(404);
});

it('keeps others out', async () => {
  const run = '/api/trpc/integrity.run';
  const input = JSON.stringify({ name: 'nothing' });
  const json = { 'content-type': 'application/json' };
  const before = await control.db.checkRun.count();
  for (const target of ['/', '/metrics', '/livez', '/api/trpc/alerts.list'])
    expect(await status(target, { host: 'attacker.example' })).toBe(421);
  expect(await status(run, { ...json, host: 'attacker.example' }, 'POST', input)).toBe(421);
  expect(await status(run, { ...json, origin: 'https://attacker.example' }, 'POST', input)).toBe(403);
  expect(await status(run, { ...json, 'sec-fetch-site': 'cross-site' }, 'POST', input)).toBe(403);
  expect(await status(run, { 'content-type': 'text/plain' }, 'POST', input)).toBe(415);
  expect(await status(`${run}?input=${encodeURIComponent(input)}`)).toBe(405);
  expect(await control.db.checkRun.count()).toBe(before);
  expect(await status(run, { ...json, origin: url }, 'POST', input)).toBe(200);
  expect(await status('/', { host: 'switchyard.example' })).toBe(200);
});

it('answers as Prometheus does, and says so where it has nothing', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await ask('/api/v1/query', form, 'POST', 'query=1%2B1&time=0');
  expect(JSON.parse(answer.body)).toEqual({ status: 'success', data: { resultType: 'scalar', result: [0, '2'] } });
  expect(await status('/api/v1/query?query=1', { host: 'attacker.example' })).toBe(421);
  expect(await status('/api/v1/query', { ...form, origin: url }, 'POST', 'query=1')).toBe(415);
  expect(await status('/api/v1/nothing')).toBe(404);
});

it('streams events, and those that were missed', async () => {
  const first = await openStream();
  await first.until(/event: connected/);
  await first.until(/"kind":"tick".*"storeUp":true/);
  const hint = { kind: 'integrity', check: 'nothing', status: 'violated', violations: 3 } as const;
  await sendHint(control.db, hint);
  const text = await first.until(/"kind":"integrity"[^\n]*\nid: \S+/);
  const id = /"violations":3[^\n]*\nid: (\S+)/.exec(text)![1]!;
  await first.close();

  await sendHint(control.db, { ...hint, violations: 4 });
  const again = await openStream({ 'last-event-id': id });
  expect(await again.until(/"violations":4/)).not.toContain('"violations":3');
  await again.close();
});

async function openStream(headers: Record<string, string> = {}) {
  const aborter = new AbortController();
  const response = await fetch(`${url}/api/trpc/live.events`, { headers, signal: aborter.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  let isOver = false;
  const reading = (async () => {
    for await (const chunk of response.body!) text += Buffer.from(chunk).toString();
  })()
    .catch(() => {})
    .finally(() => (isOver = true));
  return {
    until: async (pattern: RegExp) => {
      await vi.waitFor(() => expect(text).toMatch(pattern), 20_000);
      return text;
    },
    isOver: () => isOver,
    close: async () => {
      aborter.abort();
      await reading;
    },
  };
}

it('tells about itself', async () => {
  const { body, headers } = await ask('/metrics');
  expect(headers['content-type']).toContain('text/plain');
  expect(body).toMatch(/^switchyard_console_elected [01]$/m);
  expect(body).toContain('process_cpu_seconds_total');
  expect((await ask('/livez')).status).toBe(200);
  expect((await ask('/readyz')).status).toBe(200);
});

it('names a taken port and its variable', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as { port: number };
  await expect(start({ CONSOLE_PORT: String(port) })).rejects.toThrow(
    new RegExp(`Port ${port} is taken.*CONSOLE_PORT=<port>`),
  );
  taken.close();
});

it('serves and explains without databases, and is ready only with its pages', async () => {
  const opened = Promise.withResolvers<Pages>();
  const away = await start(
    { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', CLICKHOUSE_URL: 'http://127.0.0.1:1' },
    () => opened.promise,
  );
  const at = `http://127.0.0.1:${away.port}`;
  expect((await fetch(`${at}/livez`)).status).toBe(200);
  expect((await fetch(`${at}/readyz`)).status).toBe(503);
  expect((await fetch(`${at}/`)).status).toBe(503);
  opened.resolve(pages);
  await away.ready;
  expect((await fetch(`${at}/readyz`)).status).toBe(200);
  expect((await fetch(`${at}/`)).status).toBe(200);
  expect((await fetch(`${at}/metrics`)).status).toBe(200);
  const alerts = await fetch(`${at}/api/trpc/alerts.list?input=%7B%7D`);
  expect(alerts.status).toBe(503);
  expect(await alerts.text()).toContain('The control database does not answer');
  const startedMs = performance.now();
  await away.stop();
  expect(performance.now() - startedMs).toBeLessThan(20_000);
});

it('stops with a stream open, which ends so that the tab comes back', async () => {
  const own = await start();
  await own.ready;
  const previous = url;
  url = `http://127.0.0.1:${own.port}`;
  const stream = await openStream();
  url = previous;
  await stream.until(/event: connected/);
  const startedMs = performance.now();
  await own.stop();
  expect(performance.now() - startedMs).toBeLessThan(20_000);
  expect(await stream.until(/event: serialized-error/)).not.toContain('event: return');
  await vi.waitFor(() => expect(stream.isOver()).toBe(true), 20_000);
});
