import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { callService } from './call-service.ts';
import { createApp } from './create-app.ts';
import { readTimeoutMs, TIMEOUT_HEADER, timeLeftMs } from './deadline.ts';
import { NO_FAULTS } from './faults.ts';
import { createMetrics } from './metrics.ts';
import { addRoute } from './openapi/add-route.ts';
import { closeGrpcClients, sendGrpc } from './rpc/send-grpc.ts';
import { rpcTarget } from './rpc/rpc-target.ts';
import { serveGrpc } from './rpc/serve-grpc.ts';
import { instancesOf, stopFollowing } from './service-instances.ts';
import { freeRpcPort } from './testing/rpc-port.ts';

/** Longer than a busy machine takes for a test. */
const OWN_MS = 60_000;
const Fine = z.object({ fine: z.boolean() });
const log = pino({ level: 'silent' });
const fine = (response: ServerResponse) => response.setHeader('content-type', 'application/json').end('{"fine":true}');
const asked: IncomingMessage[] = [];
let answer: RequestListener;
const catalog = createServer((request, response) => {
  asked.push(request);
  answer(request, response);
});

beforeEach(async () => {
  asked.length = 0;
  answer = (_request, response) => void fine(response);
  await new Promise<void>((resolve) => catalog.listen(0, '127.0.0.1', resolve));
  stopFollowing();
  vi.stubEnv('CATALOG_URL', `http://127.0.0.1:${(catalog.address() as AddressInfo).port}`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  catalog.closeAllConnections();
  await new Promise((resolve) => catalog.close(resolve));
});

/** A service that asks catalog once `before` is over. */
function ask(timeoutMs: string | undefined, before: () => Promise<void> = async () => {}) {
  const app = createApp(log);
  addRoute(app, {
    method: 'GET',
    url: '/things',
    summary: 'Things',
    answers: { 200: Fine },
    handler: async ({ request: { id } }) => {
      await before();
      return callService({ id }, { service: 'catalog', method: 'GET', path: '/x', answer: Fine, timeoutMs: OWN_MS });
    },
  });
  const headers = { host: 'localhost', ...(timeoutMs !== undefined && { [TIMEOUT_HEADER]: timeoutMs }) };
  return app.inject({ url: '/things', headers });
}
const told = () => Number(asked[0]?.headers[TIMEOUT_HEADER]);

test('the caller’s time goes on to who is called, less what is gone; a call’s own time is its bound', async () => {
  expect((await ask('30000')).statusCode).toBe(200);
  expect(told()).toBeGreaterThan(0);
  expect(told()).toBeLessThanOrEqual(30_000);
  asked.length = 0;
  await ask('3600000');
  expect(told()).toBe(OWN_MS);
  asked.length = 0;
  await ask(undefined);
  expect(told()).toBe(OWN_MS);
});

test('what has no time left is not begun, and calls nobody', async () => {
  const begun = vi.fn(async () => {});
  const refused = await ask('0', begun);
  expect([refused.statusCode, refused.json()]).toMatchObject([504, { code: 'TIMEOUT' }]);
  expect(begun).not.toHaveBeenCalled();
  const late = await ask('1000', async () => {
    while (timeLeftMs() > 0) await sleep(5);
  });
  expect([late.statusCode, late.json()]).toMatchObject([504, { code: 'TIMEOUT', upstream: 'catalog' }]);
  expect(asked).toEqual([]);
});

test('the haste of a caller is no failure of who is called', async () => {
  answer = () => undefined;
  for (let count = 0; count < 4; count++) expect((await ask('200')).statusCode).toBe(504);
  answer = (_request, response) => void response.writeHead(504).end();
  expect((await ask('30000')).statusCode).toBe(504);
  expect(instancesOf('catalog').members[0]!.memory).toMatchObject({ failures: 0, ejections: 0 });
  await ask(undefined);
  expect(instancesOf('catalog').members[0]!.memory.failures).toBeGreaterThan(0);
});

test.each([
  ['1500', 1_500],
  ['0', 0],
  ['', undefined],
  ['-1', undefined],
  ['1e3', undefined],
  ['999999999', undefined],
  [undefined, undefined],
])('%j means %j', (sent, expected) => {
  expect(readTimeoutMs(sent)).toBe(expected);
});

describe('over gRPC', () => {
  test('the time goes along, too', async () => {
    const address = `http://127.0.0.1:${await freeRpcPort()}`;
    let leftMs = Infinity;
    const name = 'switchyard.catalog.v1.ProductLookup/LookUp' as const;
    const faults = { read: () => NO_FAULTS, set: () => {}, pass: async () => {} };
    const server = await serveGrpc(
      rpcTarget(address),
      [{ name, answer: async () => ((leftMs = timeLeftMs()), { products: [] }) }],
      { log, faults, metrics: createMetrics() },
    );
    const call = { service: 'catalog', rpc: { name, request: { ids: [] } }, timeoutMs: 60_000 };
    expect((await sendGrpc({ id: 'r-1' }, { ...call, address })).status).toBe(200);
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(60_000);
    closeGrpcClients();
    await server.stop(1_000);
  });
});
