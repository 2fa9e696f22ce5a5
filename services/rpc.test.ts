import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { SpanKind } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { pino } from 'pino';
import { Counter } from 'prom-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTestPostgres, type TestPostgres } from '#server/postgres/testing.ts';
import { addAuthRoutes } from './auth/routes.ts';
import { authRpc } from './auth/rpc.ts';
import type { AuthTables } from './auth/tables.ts';
import { addCatalogRoutes } from './catalog/routes.ts';
import { catalogRpc } from './catalog/rpc.ts';
import type { CatalogTables } from './catalog/tables.ts';
import { askToken, introspectBearer } from './kit/ask-token.ts';
import { callService, type CallError, type ServiceCall } from './kit/call-service.ts';
import { openDatabase, type Database } from './kit/database.ts';
import { readServiceEnv } from './kit/env.ts';
import { NO_FAULTS } from './kit/faults.ts';
import { stopFollowing } from './kit/service-instances.ts';
import { startService, type RunningService, type ServiceDefinition } from './kit/start-service.ts';
import { freeRpcPort } from './kit/testing/rpc-port.ts';
import { signToken } from './kit/tokens.ts';
import { askPrices } from './orders/calls.ts';

const jwtSecret = 'a secret of the tests, long enough';
const log = pino({ level: 'silent' });
const spans = new InMemorySpanExporter();
const tracing = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
let postgres: TestPostgres;
const databases: Database<unknown>[] = [];
let catalog: RunningService;
let auth: RunningService;

beforeAll(async () => {
  tracing.register();
  postgres = await startTestPostgres();
  const catalogDb = await open<CatalogTables>('catalog', true);
  const authDb = await open<AuthTables>('auth', false);
  const registrations = new Counter({ name: 'registrations', help: '-', registers: [] });
  catalog = await start({
    name: 'catalog',
    routes: (app) => addCatalogRoutes(app, { db: catalogDb, jwtSecret, reviewsWritten: registrations }),
    rpc: () => catalogRpc(catalogDb),
  });
  auth = await start({
    name: 'auth',
    routes: (app) => addAuthRoutes(app, { db: authDb, jwtSecret, registrations }),
    rpc: () => authRpc({ db: authDb, jwtSecret }),
  });
});
afterAll(async () => {
  await Promise.all([catalog?.stop(), auth?.stop()]);
  await Promise.all(databases.map((database) => database.close()));
  await postgres?.stop();
  await tracing.shutdown();
});

describe.each(['http', 'grpc'])('over %s', (protocol) => {
  beforeEach(() => {
    stopFollowing();
    vi.stubEnv('INTERNAL_RPC', protocol);
    vi.stubEnv('CATALOG_URL', catalog.url);
    vi.stubEnv('AUTH_URL', auth.url);
  });
  afterEach(() => {
    catalog.faults.set(NO_FAULTS);
    vi.unstubAllEnvs();
  });

  test('products are looked up, those that are not sold are left out', async () => {
    const { products } = await call(askPrices(['tamper', 'no-such-thing']));
    expect(products).toEqual([{ id: 'tamper', name: expect.any(String) as string, priceCents: 3_900 }]);
    expect(await call(askPrices(['no-such-thing']))).toEqual({ products: [] });
  });

  test('a refusal has its status and its words', async () => {
    expect(await failure(askPrices([]))).toMatchObject({
      status: 400,
      detail: 'The request is not valid.',
      code: 'BAD_GATEWAY',
    });
  });

  test('a service that fails, hangs or is gone is told apart', async () => {
    catalog.faults.set({ ...NO_FAULTS, errorRatio: 1 });
    expect(await failure(askPrices(['tamper']))).toMatchObject({ status: 500, code: 'UNAVAILABLE' });
    catalog.faults.set({ ...NO_FAULTS, hang: true });
    const hanging = await failure({ ...askPrices(['tamper']), timeoutMs: 200 });
    expect(hanging).toMatchObject({ status: null, code: 'TIMEOUT', detail: 'did not answer within 200 ms' });
    stopFollowing();
    vi.stubEnv('CATALOG_URL', `http://127.0.0.1:${await freeRpcPort()}`);
    expect(await failure(askPrices(['tamper']))).toMatchObject({ status: null, code: 'UNAVAILABLE' });
  });

  test('what one instance did not take goes to the next, even what may not be repeated', async () => {
    vi.stubEnv('CATALOG_URL', `http://127.0.0.1:${await freeRpcPort()},${catalog.url}`);
    for (let count = 0; count < 4; count += 1)
      expect((await call({ ...askPrices(['tamper']), idempotent: false })).products).toHaveLength(1);
  });

  test('auth says whose a token is, and that one is good no more', async () => {
    const email = `${randomUUID()}@shop.example`;
    const body = JSON.stringify({ email, name: 'Ada', password: 'correct horse battery' });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${auth.url}/auth/register`, { method: 'POST', headers, body });
    const { user } = (await answer.json()) as { user: { id: string; name: string } };
    const good = await signToken(jwtSecret, user);
    expect(await call(askToken(good))).toMatchObject({ active: true, sub: user.id, name: 'Ada' });
    expect(await introspectBearer({ id: 'r-1' }, `Bearer ${good}`)).toEqual(user);
    const gone = await signToken(jwtSecret, { id: randomUUID(), name: 'Ben' });
    for (const token of [gone, `${good}x`, 'nonsense']) expect(await call(askToken(token))).toEqual({ active: false });
    await expect(introspectBearer({ id: 'r-1' }, `Bearer ${gone}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

test('a call over gRPC is one trace of two spans, measured by its method', async () => {
  stopFollowing();
  vi.stubEnv('INTERNAL_RPC', 'grpc');
  vi.stubEnv('CATALOG_URL', catalog.url);
  spans.reset();
  await call(askPrices(['tamper']));
  vi.unstubAllEnvs();
  const method = 'switchyard.catalog.v1.ProductLookup/LookUp';
  const find = (kind: SpanKind) => spans.getFinishedSpans().find((span) => span.name === method && span.kind === kind);
  await vi.waitFor(() => expect(find(SpanKind.SERVER)).toBeDefined(), { timeout: 20_000 });
  const client = find(SpanKind.CLIENT)!;
  const server = find(SpanKind.SERVER)!;
  expect(server.spanContext().traceId).toBe(client.spanContext().traceId);
  expect(server.parentSpanContext?.spanId).toBe(client.spanContext().spanId);
  const shared = { 'rpc.system.name': 'grpc', 'rpc.method': method, 'rpc.response.status_code': 'OK' };
  expect(server.attributes).toMatchObject(shared);
  expect(client.attributes).toMatchObject({ ...shared, 'peer.service': 'catalog', 'server.address': '127.0.0.1' });
  const metrics = await (await fetch(`${catalog.url}/metrics`)).text();
  expect(metrics).toMatch(
    /rpc_server_call_duration_seconds_count\{rpc_method="switchyard.catalog.v1.+status_code="OK"\}/,
  );
});

function call<Answer>(asked: ServiceCall<Answer>): Promise<Answer> {
  return callService({ id: `test-${randomUUID()}` }, asked);
}

async function failure(asked: ServiceCall<unknown>): Promise<CallError> {
  return call(asked).then(
    () => expect.unreachable('it was answered'),
    (error: CallError) => error,
  );
}

async function open<Tables>(schema: string, events: boolean) {
  const migrationsDir = path.join(import.meta.dirname, schema, 'migrations');
  const database = openDatabase<Tables>({ url: postgres.url, schema, migrationsDir, events, log });
  databases.push(database as Database<unknown>);
  await vi.waitFor(async () => expect(await database.whyNotReady()).toBeNull(), { timeout: 60_000, interval: 50 });
  return database.db;
}

async function start(definition: ServiceDefinition): Promise<RunningService> {
  const env = readServiceEnv({ PORT: String(await freeRpcPort()), ADMIN_PORT: '0', INTERNAL_RPC: 'grpc' });
  return startService(definition, { env, log, ownsProcess: false });
}
