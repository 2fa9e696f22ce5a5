// Behind the console's own door, with a store and a control database of its own.
import { once } from 'node:events';
import type { Server } from 'node:http';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { LOCAL_OPERATOR } from '#server/access/local-operator.ts';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createConsoleServer } from '#server/http/console-server.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { insertSpans, type TestSpan } from '#server/store/queries/testing.ts';
import { startTestControl, type TestControl } from '#server/testing/control.ts';
import { createDeploysApi } from './create-deploys-api.ts';
import { listDeploys } from './list-deploys.ts';
import { recordDeploy } from './record-deploy.ts';

const MINUTE = 60_000;
const NOW = Math.floor(Date.now() / MINUTE) * MINUTE;
const DEPLOYED = NOW - 40 * MINUTE;

let engine: TestEngine;
let control: TestControl;
let store: Store;
let server: Server;
let url: string;
const now = () => new Date(NOW);
beforeAll(async () => {
  [engine, control] = await Promise.all([startTestEngine(), startTestControl()]);
  store = createStore({ url: engine.url, database: 'deploys', log: control.log });
  await applySchema(store);
  const api = createDeploysApi({ db: control.db, actor: LOCAL_OPERATOR, log: control.log, now });
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
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}/api/deploys`;
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await store?.close();
  await Promise.all([engine?.stop(), control?.stop()]);
});
beforeEach(() => control.sql('TRUNCATE control.deploy, control.audit_entry'));

async function post(body: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, text };
}
const list = (service?: string) =>
  listDeploys({ db: control.db, store, now }, { range: { fromMs: NOW - 60 * MINUTE, toMs: NOW }, limit: 50, service });
/** A call every ten seconds for half an hour. */
async function insertCalls(fromMs: number, change: (index: number) => Partial<TestSpan>): Promise<void> {
  const calls = Array.from({ length: 180 }, (_, index) => ({
    service: 'payments',
    atMs: fromMs + index * 10_000,
    ...change(index),
  }));
  // Rows travel as a parameter, and those are not for many.
  for (let first = 0; first < calls.length; first += 60) await insertSpans(store, calls.slice(first, first + 60));
}

it('takes what a pipeline says, once', async () => {
  const said = { service: 'orders', version: '2.0.0', by: 'ci', url: 'https://ci.example/7' };
  const atMs = NOW - MINUTE;
  const first = await post({ ...said, at: new Date(atMs).toISOString() });
  expect(first.status).toBe(201);
  expect(await post({ ...said, at: atMs })).toEqual({ status: 200, text: first.text });
  const verdict = { severity: 'info', text: 'too early to tell' };
  expect(await list('orders')).toMatchObject([{ ...said, atMs, previousVersion: null, source: 'reported', verdict }]);
  expect(await control.sql('SELECT verb, subject FROM control.audit_entry')).toEqual([
    { verb: 'deploys.record', subject: 'orders' },
  ]);
});

it.each([
  ['no version', { service: 'orders' }, 400, /version/],
  ['what is no page', { service: 'a', version: '1', url: 'javascript:alert(1)' }, 400, /url/],
  ['the future', { service: 'a', version: '1', at: NOW + 60 * MINUTE }, 400, /future/],
  ['a misspelt field', { service: 'a', version: '1', author: 'me' }, 400, /author/],
  ['no JSON', '{', 400, /not JSON/],
  ['too much', { service: 'a', version: '1', by: 'x'.repeat(20_000) }, 413, /bytes/],
])('refuses %s and says why', async (_, body, status, why) => {
  const answer = await post(body);
  expect(answer).toMatchObject({ status, text: expect.stringMatching(why) });
  expect(await control.db.deploy.count()).toBe(0);
});

it('is no door for pages of other sites or forms, and says how to use it', async () => {
  const deploy = { service: 'a', version: '1' };
  expect((await post(deploy, { origin: 'https://elsewhere.example' })).status).toBe(403);
  expect((await post(deploy, { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await fetch(url)).status).toBe(405);
  expect(await control.db.deploy.count()).toBe(0);
});

it('refuses a reader', async () => {
  const actor = { id: 'r', name: 'Reader', role: 'reader' as const };
  await expect(recordDeploy({ db: control.db, actor, now }, { service: 'a', version: '1' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
});

it('sees a version come up in spans, and judges the half hour after it', async () => {
  await insertCalls(DEPLOYED - 30 * MINUTE, () => ({ version: '1.4.1', ms: 50 }));
  const failure = { error: true, message: 'the card reader is gone', errorType: 'GoneError' };
  await insertCalls(DEPLOYED + MINUTE, (index) => ({ version: '1.4.2', ms: 70, ...(index % 10 === 0 && failure) }));
  await insertSpans(store, [
    { service: 'catalog', version: '1', atMs: DEPLOYED },
    { service: 'orders', version: '1', atMs: DEPLOYED },
  ]);
  const seen = {
    service: 'payments',
    version: '1.4.2',
    previousVersion: '1.4.1',
    atMs: DEPLOYED + MINUTE,
    source: 'seen',
    verdict: { severity: 'critical', text: 'errors 0 % → 9.8 %, p95 +40 %, 1 new kind of error' },
  };
  expect(await list()).toMatchObject([seen]);
  expect(await list('catalog')).toEqual([]);
  await post({ service: 'catalog', version: '2', at: NOW - MINUTE });
  expect(await list('catalog')).toMatchObject([{ version: '2', previousVersion: '1' }]);

  await post({ service: 'payments', version: '1.4.2', at: DEPLOYED, by: 'ci' });
  const verdict = { severity: 'critical', text: 'errors 0 % → 10 %, p95 +40 %, 1 new kind of error' };
  expect(await list('payments')).toMatchObject([{ ...seen, atMs: DEPLOYED, source: 'reported', by: 'ci', verdict }]);
});
