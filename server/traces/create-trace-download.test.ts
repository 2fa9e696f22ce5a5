import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTraceDownload } from './create-trace-download.ts';

const ID = 'a'.repeat(32);
const GONE = 'b'.repeat(32);
let server: Server;
let url: string;

function refuse(traceId: string): void {
  if (traceId === GONE) throw new TRPCError({ code: 'NOT_FOUND', message: 'No span of it is here.' });
  if (traceId === 'secret') throw new TRPCError({ code: 'FORBIDDEN', message: 'A reader may not.' });
  if (traceId !== ID) throw new TRPCError({ code: 'BAD_REQUEST', message: '[{"long":"zod"}]' });
}

beforeAll(async () => {
  const serve = createTraceDownload({
    get: async ({ traceId }) => {
      refuse(traceId);
      return { traceId, startMs: 1, durationUs: 2, spans: [], resources: [], truncated: false };
    },
    export: async ({ traceId }) => {
      refuse(traceId);
      return { resourceSpans: [] };
    },
  });
  server = createServer(
    (request, response) => void serve(request, response).then((mine) => mine || response.writeHead(418).end()),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

it('is a file, as JSON or as OTLP', async () => {
  const json = await fetch(`${url}/api/v1/traces/${ID}`);
  expect(json.headers.get('content-disposition')).toBe(`attachment; filename="trace-${ID}.json"`);
  expect(json.headers.get('cache-control')).toBe('no-store');
  expect(await json.json()).toMatchObject({ traceId: ID, spans: [] });
  const otlp = await fetch(`${url}/api/v1/traces/${ID}?format=otlp`);
  expect(otlp.headers.get('content-disposition')).toBe(`attachment; filename="trace-${ID}.otlp.json"`);
  expect(await otlp.json()).toEqual({ resourceSpans: [] });
});

it.each([
  [`/api/v1/traces/${GONE}`, 404, 'No span of it is here.\n'],
  ['/api/v1/traces/secret?format=otlp', 403, 'A reader may not.\n'],
  ['/api/v1/traces/..%2f..', 400, 'A trace id is 32 lower-case hex digits.\n'],
  [`/api/v1/traces/${ID}?format=xml`, 400, 'The format is json or otlp.\n'],
])('%s is refused with %i', async (path, status, text) => {
  const response = await fetch(url + path);
  expect([response.status, await response.text()]).toEqual([status, text]);
});

it('only reads, and leaves the rest to others', async () => {
  expect((await fetch(`${url}/api/v1/traces/${ID}`, { method: 'POST' })).status).toBe(405);
  expect((await fetch(`${url}/api/v1/query`)).status).toBe(418);
});
