import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { readEnv } from '#server/env.ts';
import { listen } from '#server/http/listen.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { startTracing } from './start-tracing.ts';
import { traceRequest } from './trace-request.ts';

interface Sent {
  service: string;
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  traceState?: string;
  status: { code?: number };
  attributes: { key: string; value: Record<string, unknown> }[];
}

const PARENT = { trace: 'a'.repeat(32), span: 'b'.repeat(16) };
let sent: Sent[] = [];
let collector: Server;
let engine: TestEngine;
let store: Store;
let server: Server;
let url: string;
let stopTracing: () => Promise<void>;
beforeAll(async () => {
  collector = createServer(async (request, response) => {
    const { resourceSpans } = JSON.parse(await text(request));
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = resource.attributes.find(({ key }: { key: string }) => key === 'service.name').value.stringValue;
      for (const { spans } of scopeSpans) sent.push(...spans.map((span: Sent) => ({ ...span, service })));
    }
    response.end('{}');
  });
  const tracing = {
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await listen(collector, '127.0.0.1', 0)}`,
  };
  engine = await startTestEngine(tracing);
  stopTracing = startTracing('console', readEnv({ NODE_ENV: 'test', ...tracing }), { asked: 1, own: 0 });
  store = createStore({ url: engine.url, database: 'default', log: createLog('test', 'silent') });
  server = createServer((request, response) => {
    void traceRequest(request, response, async () => {
      const sql = request.url === '/api/v1/broken' ? 'SELECT nothing' : 'SELECT number AS n FROM numbers(7)';
      const rows = await store.query({ name: 'a-question', sql, row: z.object({ n: z.number() }) }).catch(() => null);
      response.writeHead(rows ? 200 : 503).end();
    });
  });
  url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
});
beforeEach(() => (sent = []));
afterAll(async () => {
  await stopTracing?.();
  server?.close();
  await store?.close();
  await engine?.stop();
  collector?.close();
});

const arrived = (count: number) => vi.waitFor(() => expect(sent).toHaveLength(count), 20_000);
const of = (service: string, name: string) => sent.find((span) => span.service === service && span.name === name);
const attribute = (span: Sent | undefined, key: string) =>
  Object.values(span?.attributes.find((one) => one.key === key)?.value ?? {})[0];

it('leads from whoever asked, through the console, to what the engine read', async () => {
  const headers = { traceparent: `00-${PARENT.trace}-${PARENT.span}-01` };
  await fetch(`${url}/api/v1/query?query=secret`, { headers });
  await arrived(3);
  const request = of('switchyard-console', 'GET /api/v1/query');
  const question = of('switchyard-console', 'a-question');
  const answer = of('switchyard-engine', 'a-question');
  expect([request?.traceId, request?.parentSpanId]).toEqual([PARENT.trace, PARENT.span]);
  expect(question?.parentSpanId).toBe(request?.spanId);
  expect(answer?.parentSpanId).toBe(question?.spanId);
  expect(attribute(request, 'http.response.status_code')).toBe(200);
  expect(attribute(answer, 'clickhouse.read_rows')).toBe(7);
  expect(JSON.stringify(sent)).not.toContain('secret');
});

it('says where it failed, and how many there are for each that is sent', async () => {
  await fetch(`${url}/api/v1/broken`);
  await arrived(3);
  expect(sent.map(({ status, traceState }) => [status.code, traceState])).toEqual(
    Array.from({ length: 3 }, () => [2, 'ot=th:0']),
  );
});

it('keeps no more of what nobody asked for than its share, in none of the processes', async () => {
  await fetch(`${url}/readyz`);
  await fetch(`${url}/api/v1/query`);
  await arrived(3);
  expect(new Set(sent.map(({ traceId }) => traceId)).size).toBe(1);
});
