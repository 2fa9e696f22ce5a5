import { connect } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestPostgres, type TestPostgres } from '#server/postgres/testing.ts';
import { startOtlpReceiver, type OtlpReceiver, type ReceivedSpan } from './testing/otlp-receiver.ts';
import { startProcess, type StartedProcess } from './testing/start-process.ts';

const SAMPLE = path.join(import.meta.dirname, 'testing/sample-service.ts');
let postgres: TestPostgres;
let otlp: OtlpReceiver;
let sample: StartedProcess;

beforeAll(async () => {
  [postgres, otlp] = await Promise.all([startTestPostgres(), startOtlpReceiver()]);
  sample = await startProcess(SAMPLE, {
    OTEL_SERVICE_NAME: 'catalog',
    OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
    DATABASE_URL: postgres.url,
    CATALOG_PORT: '0',
  });
});
afterAll(async () => {
  sample.child.kill('SIGKILL');
  await Promise.all([otlp.stop(), postgres.stop()]);
});

/** Asks and waits for the spans of the trace that the question began. */
async function spansOf(pathAndQuery: string, count: number, init?: RequestInit): Promise<ReceivedSpan[]> {
  const traceId = crypto.randomUUID().replaceAll('-', '');
  const headers = { traceparent: `00-${traceId}-00000000000000aa-01` };
  await (await fetch(`${sample.url}${pathAndQuery}`, { ...init, headers })).text();
  const inTrace = (spans: ReceivedSpan[]) => spans.filter((span) => span.traceId === traceId);
  await otlp.waitForSpans((spans) => inTrace(spans).length >= count);
  // One more that is not to be there would come with the next batch.
  await new Promise((resolve) => setTimeout(resolve, 500));
  return inTrace(otlp.spans);
}

test.each([
  ['/things/7?secret=1', 200, 0],
  ['/things/404', 404, 0],
  ['/things/x', 400, 0],
  ['/things/500', 500, 2],
])('%s makes one server span, named by its route', async (url, status, spanStatus) => {
  const spans = await spansOf(url, 1);
  expect(spans).toHaveLength(1);
  expect(spans[0]).toMatchObject({
    service: 'catalog',
    kind: 2,
    name: 'GET /things/:id',
    status: spanStatus,
    parentSpanId: '00000000000000aa',
    attributes: {
      'http.request.method': 'GET',
      'http.route': '/things/:id',
      'http.response.status_code': status,
      'url.scheme': 'http',
      'service.namespace': 'shop',
      'deployment.environment.name': 'local',
    },
  });
  expect(spans[0]?.attributes['error.type']).toBe(status === 500 ? '500' : undefined);
});

test('what has no route is not named by its path', async () => {
  expect((await spansOf('/nowhere/12345', 1)).map(({ name }) => name)).toEqual(['GET']);
});

test('a query is a span named by what it does, under the request', async () => {
  const spans = await spansOf('/rows', 2);
  const server = spans.find(({ kind }) => kind === 2);
  const queries = spans.filter(({ kind, name }) => kind === 3 && name.includes('things'));
  expect(queries).toHaveLength(1);
  expect(queries[0]).toMatchObject({
    name: 'SELECT things',
    parentSpanId: server?.spanId,
    attributes: {
      'db.system.name': 'postgresql',
      'db.namespace': 'switchyard|catalog',
      'db.query.summary': 'SELECT things',
      'db.query.text': 'select "id" from "things" where "id" = $1',
    },
  });
});

test('log lines carry the trace, events their name', async () => {
  const [span] = await spansOf('/things/3', 1);
  const lines = otlp.logs.filter(({ traceId }) => traceId === span?.traceId);
  expect(lines.map(({ body }) => body)).toContain('looked for a thing');
  expect(lines[0]?.attributes).toMatchObject({ id: 3, request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string });
  expect(lines.map(({ body }) => body)).toContain('GET /things/:id');
  await expect.poll(sample.output).toContain(`"trace_id":"${span?.traceId}"`);

  await spansOf('/events', 1, { method: 'POST' });
  expect(otlp.logs.find(({ eventName }) => eventName === 'switchyard.sample.happened')).toMatchObject({
    body: 'it happened',
    attributes: { 'sample.size': 3 },
  });
});

test('the line of a request whose caller left is in its trace', async () => {
  await putFaults(sample.adminUrl, { hang: true });
  try {
    const traceId = crypto.randomUUID().replaceAll('-', '');
    const caller = connect(Number(new URL(sample.url).port), '127.0.0.1');
    const head = ['GET /things/5 HTTP/1.1', 'Host: 127.0.0.1', `traceparent: 00-${traceId}-00000000000000aa-01`];
    caller.write(`${head.join('\r\n')}\r\n\r\n`);
    const active = async () => (await fetch(`${sample.url}/metrics`)).text();
    await expect.poll(active, { timeout: 20_000 }).toMatch(/http_server_active_requests\{[^}]*\} 1/);
    caller.destroy();
    const line = () => otlp.logs.find((log) => log.traceId === traceId && log.attributes.status === 499);
    await expect.poll(line, { timeout: 20_000 }).toMatchObject({ body: 'GET /things/:id' });
    await otlp.waitForSpans((spans) => spans.some((span) => span.traceId === traceId));
  } finally {
    await putFaults(sample.adminUrl, {});
  }
});

test('probes, scrapes and the admin port leave no spans', async () => {
  const before = otlp.spans.length;
  for (const url of ['/livez', '/readyz', '/health', '/metrics?x=1']) await (await fetch(`${sample.url}${url}`)).text();
  await (await fetch(`${sample.adminUrl}/faults`)).text();
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(otlp.spans.slice(before)).toEqual([]);
});

test('every way to call makes one client span, which names the service it calls', async () => {
  const port = new URL(sample.url).port;
  const caller = await startProcess(SAMPLE, {
    OTEL_SERVICE_NAME: 'orders',
    OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
    CATALOG_PORT: port,
  });
  try {
    await (await fetch(`${caller.url}/calls`)).text();
    const spans = await otlp.waitForSpans((all) => all.some(({ service, kind }) => service === 'orders' && kind === 2));
    const server = spans.find(({ service, kind }) => service === 'orders' && kind === 2);
    await otlp.waitForSpans((all) => all.filter(({ parentSpanId }) => parentSpanId === server?.spanId).length >= 4);
    const calls = otlp.spans.filter(({ parentSpanId }) => parentSpanId === server?.spanId);
    const answered = (all: ReceivedSpan[]) =>
      calls.every(({ spanId }) => all.some((span) => span.parentSpanId === spanId));
    await otlp.waitForSpans(answered);
    expect(calls).toHaveLength(4);
    for (const call of calls) {
      expect(call).toMatchObject({
        kind: 3,
        attributes: { 'peer.service': 'catalog', 'http.response.status_code': 200 },
      });
      expect(otlp.spans.filter(({ parentSpanId }) => parentSpanId === call.spanId)).toHaveLength(1);
    }
    expect(calls[0]?.name).toBe('GET /things/1');
  } finally {
    caller.child.kill('SIGKILL');
  }
});

test('PostgreSQL may end its connections and stay away, the process lives and serves again', async () => {
  const { default: pg } = await import('pg');
  const away = new URL(postgres.url);
  away.pathname = '/postgres';
  const admin = new pg.Client(away.href);
  await admin.connect();
  try {
    await admin.query('ALTER DATABASE switchyard WITH ALLOW_CONNECTIONS false');
    await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'switchyard'`);
    expect((await fetch(`${sample.url}/rows`)).status).toBeGreaterThanOrEqual(500);
    expect((await fetch(`${sample.url}/livez`)).status).toBe(200);
    await admin.query('ALTER DATABASE switchyard WITH ALLOW_CONNECTIONS true');
    const rows = await fetch(`${sample.url}/rows`);
    expect(await rows.json()).toEqual([{ id: 7 }]);
  } finally {
    await admin.end();
  }
});

test('SIGTERM and the loss of its parent end it in time, with what it had to send', async () => {
  const other = await startProcess(SAMPLE, { OTEL_SERVICE_NAME: 'shipping', OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url });
  await (await fetch(`${other.url}/things/9`)).text();
  const { tookMs, code } = await other.stop();
  expect(code).toBe(0);
  expect(tookMs).toBeLessThan(5_000);
  expect(otlp.spans.some(({ service, name }) => service === 'shipping' && name === 'GET /things/:id')).toBe(true);

  const orphan = await startProcess(SAMPLE, {
    OTEL_SERVICE_NAME: 'shipping',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
  });
  const exited = new Promise((resolve) => orphan.child.once('exit', resolve));
  orphan.child.disconnect();
  expect(await exited).toBe(0);
});

test('die ends the process at once', async () => {
  const doomed = await startProcess(SAMPLE, { OTEL_SERVICE_NAME: 'shipping', OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url });
  const exited = new Promise((resolve) => doomed.child.once('exit', resolve));
  const response = await putFaults(doomed.adminUrl, { die: true });
  expect(response.status).toBe(200);
  expect(await exited).toBe(1);
});

function putFaults(adminUrl: string, faults: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${adminUrl}/faults`, { method: 'PUT', headers, body: JSON.stringify(faults) });
}
