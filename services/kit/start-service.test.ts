import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { readServiceEnv } from './env.ts';
import { MetricsSnapshot } from './metrics-snapshot.ts';
import { ServiceError } from './errors.ts';
import { startService, type RunningService } from './start-service.ts';

let service: RunningService;
let whyNotReady: string | null = null;
let whyDegraded: string | null = null;
let answersCache = true;
const never = new Promise<null>(() => {});

beforeAll(async () => {
  service = await startService(
    {
      name: 'sample',
      routes: (app) => {
        app.get('/things/:id', async ({ params }) => {
          const { id } = z.object({ id: z.coerce.number().int() }).parse(params);
          if (id === 404) throw new ServiceError('NOT_FOUND', 'There is no thing 404.');
          return { id };
        });
        app.post('/things', async ({ body }) => body ?? {});
      },
      whyNotReady: async () => whyNotReady,
      whyDegraded: () => whyDegraded,
      dependencies: [
        { name: 'postgresql', kind: 'database', check: async () => null },
        { name: 'redis', kind: 'cache', check: () => (answersCache ? Promise.resolve(null) : never) },
      ],
    },
    { env: readServiceEnv({ LOG_LEVEL: 'silent' }), ownsProcess: false },
  );
});
afterAll(() => service.stop());

test('answers by problem documents, and gives back a sane request id', async () => {
  const response = await fetch(`${service.url}/things/404`, { headers: { 'x-request-id': 'order-desk-17' } });
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(response.headers.get('x-request-id')).toBe('order-desk-17');
  expect(await response.json()).toMatchObject({ status: 404, code: 'NOT_FOUND', requestId: 'order-desk-17' });

  const broken = await fetch(`${service.url}/things`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"half":',
  });
  expect(broken.status).toBe(400);
  expect((await fetch(`${service.url}/nowhere`)).headers.get('content-type')).toMatch(/problem/);
});

test('tells its readiness, and its metrics by route', async () => {
  await fetch(`${service.url}/things/1`);
  whyNotReady = 'PostgreSQL does not answer';
  expect((await fetch(`${service.url}/readyz`)).status).toBe(503);
  expect((await fetch(`${service.url}/livez`)).status).toBe(200);
  whyNotReady = null;
  expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
  const metrics = await (await fetch(`${service.url}/metrics`)).text();
  expect(metrics).toMatch(
    /http_server_request_duration_seconds_count\{http_request_method="GET",http_route="\/things\/:id",http_response_status_code="200"\} \d/,
  );
  expect(metrics).not.toContain('http_route="/readyz"');
});

test('what it goes on without is told by its health, and takes no requests away', async () => {
  const health = async () => {
    const response = await fetch(`${service.url}/health`);
    return { code: response.status, ...((await response.json()) as { status: string; reason: string | null }) };
  };
  expect(await health()).toMatchObject({ code: 200, status: 'ok', reason: null });
  whyDegraded = 'RabbitMQ is away: connect ECONNREFUSED';
  expect(await health()).toMatchObject({ code: 200, status: 'degraded', reason: whyDegraded });
  expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
  whyNotReady = 'PostgreSQL does not answer';
  expect(await health()).toMatchObject({ code: 503, status: 'unready', reason: whyNotReady });
  [whyNotReady, whyDegraded] = [null, null];
});

test('health tells of each dependency and how long it took, and does not wait for one that hangs', async () => {
  const database = { name: 'postgresql', kind: 'database', status: 'ok', latencyMs: expect.any(Number) as number };
  expect(await readJson('/health')).toMatchObject({
    status: 'ok',
    dependencies: [database, { name: 'redis', status: 'ok' }],
  });
  answersCache = false;
  const late = { name: 'redis', kind: 'cache', status: 'late', latencyMs: 80, reason: 'no answer within 80 ms' };
  // Once what was found last is not fresh any more.
  await vi.waitFor(
    async () =>
      expect(await readJson('/health')).toMatchObject({
        status: 'degraded',
        reason: 'redis: no answer within 80 ms',
        dependencies: [database, late],
      }),
    20_000,
  );
});

test('the same metrics are there as JSON: requests, errors, connections and what the process takes', async () => {
  await fetch(`${service.url}/things/1`);
  await admin('PUT', { errorRatio: 1 });
  await fetch(`${service.url}/things/1`);
  await admin('DELETE');
  await vi.waitFor(async () => {
    const snapshot = await readSnapshot();
    expect(countOf(snapshot, '200')).toBeGreaterThan(0);
    expect(countOf(snapshot, '500')).toBeGreaterThan(0);
  }, 20_000);
  const snapshot = await readSnapshot();
  const valueOf = (metric: string) => snapshot.metrics.find(({ name }) => name === metric)?.samples[0]?.value;
  expect(valueOf('http_server_open_connections')).toBeGreaterThan(0);
  expect(valueOf('http_server_active_requests')).toBe(0);
  expect(valueOf('nodejs_heap_size_used_bytes')).toBeGreaterThan(0);
  const names = (await (await fetch(`${service.url}/metrics`)).text()).match(/(?<=^# TYPE )\S+/gm);
  expect(snapshot.metrics.map(({ name }) => name).toSorted()).toEqual(names?.toSorted());
  expect(names).toEqual(expect.arrayContaining(['nodejs_eventloop_lag_seconds', 'nodejs_gc_duration_seconds']));
});

test('faults break the business and nothing else, until they are taken back', async () => {
  await admin('PUT', { errorRatio: 1 });
  const broken = await fetch(`${service.url}/things/1`);
  expect(broken.status).toBe(500);
  expect(await broken.json()).toMatchObject({ injected: true });
  for (const path of ['/livez', '/readyz', '/health', '/metrics'])
    expect((await fetch(`${service.url}${path}`)).status, path).toBe(200);
  expect(await (await fetch(`${service.adminUrl}/faults`)).json()).toMatchObject({ errorRatio: 1 });
  expect((await admin('DELETE')).status).toBe(200);
  expect((await fetch(`${service.url}/things/1`)).status).toBe(200);

  await admin('PUT', { hang: true });
  await expect(fetch(`${service.url}/things/1`, { signal: AbortSignal.timeout(150) })).rejects.toThrow(/timeout/i);
  await vi.waitFor(async () => {
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toMatch(/_count\{[^}]*http_route="\/things\/:id",http_response_status_code="499"\} 1/);
    expect(metrics).toMatch(/http_server_active_requests\{http_request_method="GET"\} 0/);
  }, 20_000);
  await admin('DELETE');
  expect((await admin('PUT', { errorRatio: 7 })).status).toBe(400);
});

test('pages elsewhere cannot reach it', async () => {
  const faultsUrl = `${service.adminUrl}/faults`;
  expect(await ask(faultsUrl, 'GET', { host: 'attacker.example' })).toBe(403);
  expect(await ask(`${service.url}/metrics`, 'GET', { host: 'attacker.example' })).toBe(403);
  expect(await ask(faultsUrl, 'GET', { origin: 'https://attacker.example' })).toBe(403);
  expect(await ask(faultsUrl, 'PUT', { 'content-type': 'text/plain' }, '{"hang":true}')).toBe(403);
  expect(await ask(faultsUrl, 'DELETE', { origin: 'null' })).toBe(403);
  expect(await (await fetch(faultsUrl)).json()).toMatchObject({ hang: false });
});

test('a taken port is named with its variable', async () => {
  const { port } = new URL(service.url);
  await expect(
    startService(
      { name: 'other', routes: () => {} },
      { env: readServiceEnv({ PORT: port, LOG_LEVEL: 'silent' }), ownsProcess: false },
    ),
  ).rejects.toThrow(new RegExp(`${port} is taken.*PORT`));
});

function countOf({ metrics }: MetricsSnapshot, status: string): number | null | undefined {
  return metrics
    .find(({ name }) => name === 'http_server_request_duration_seconds')
    ?.samples.find(({ name, labels }) => name?.endsWith('_count') && labels.http_response_status_code === status)
    ?.value;
}

async function readSnapshot(): Promise<MetricsSnapshot> {
  return MetricsSnapshot.parse(await readJson('/metrics.json'));
}

async function readJson(path: string): Promise<unknown> {
  return (await fetch(`${service.url}${path}`)).json();
}

function admin(method: string, faults?: object): Promise<Response> {
  return fetch(`${service.adminUrl}/faults`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: faults && JSON.stringify(faults),
  });
}

/** `fetch` does not let a caller set Host. */
function ask(url: string, method: string, headers: Record<string, string>, body?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
