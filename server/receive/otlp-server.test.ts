import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOGS_REQUEST, TRACE_REQUEST } from '#server/decode/otlp-messages.ts';
import { jsonToProto } from '#server/decode/json-to-proto.ts';
import { otlpRoot } from '#server/decode/testing/otlp-root.ts';
import { createLog } from '#server/log.ts';
import { openWal, type Wal } from '#server/wal/open-wal.ts';
import { InFlight } from './in-flight.ts';
import type { LogActions } from './receive-logs.ts';
import { receiveLogs } from './receive-logs.ts';
import { receiveTraces } from './receive-traces.ts';
import { createOtlpServer, type OtlpServerOptions } from './otlp-server.ts';
import { openReceiving } from './testing/open-receiving.ts';

const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';
const log = createLog('test', 'silent');

let dir: string;
let wal: Wal;
let server: Server;
let url: string;
let insertedRows: Record<string, Buffer[]>;
let answered: [string, number][];
let transitions: Parameters<LogActions['onTransitions']>[];

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'switchyard-receive-'));
  insertedRows = {};
  transitions = [];
  wal = openWal({ dir, log, insert: async (table, rows) => void (insertedRows[table] ??= []).push(Buffer.from(rows)) });
  await listen({});
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await wal.close(1_000);
  rmSync(dir, { recursive: true, force: true });
});

async function listen(options: Partial<OtlpServerOptions>): Promise<void> {
  server?.close();
  answered = [];
  server = createOtlpServer({
    signals: [
      receiveTraces(wal, openReceiving()),
      receiveLogs(wal, openReceiving(), { onTransitions: (...call) => transitions.push(call), onEvents: () => {} }),
    ],
    log,
    onAnswered: (signal, status) => answered.push([signal, status]),
    ...options,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const span = (spanId = 'b7ad6b7169203331') => ({
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId,
  name: 'GET /',
  startTimeUnixNano: `${Date.now()}000000`,
  endTimeUnixNano: `${Date.now()}000001`,
});
const traces = (...spans: object[]) => Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }));
const asProto = (json: Buffer) => jsonToProto(json, TRACE_REQUEST);

async function post(body: BodyInit, headers: Record<string, string>, where = '/v1/traces') {
  const response = await fetch(`${url}${where}`, { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes, text: bytes.toString() };
}

const rpcStatus = (bytes: Buffer) => otlpRoot.lookupType('otlp.RpcStatus').decode(bytes).toJSON();

describe('POST /v1/traces', () => {
  it.each([
    ['protobuf', PROTOBUF, asProto(traces(span())), undefined],
    ['JSON', JSON_TYPE, traces(span()), undefined],
    ['JSON with a charset', 'Application/JSON; charset=utf-8', traces(span()), undefined],
    ['protobuf in gzip', PROTOBUF, gzipSync(asProto(traces(span()))), 'gzip'],
    ['protobuf in deflate', PROTOBUF, deflateSync(asProto(traces(span()))), 'deflate'],
    ['JSON in zstd', JSON_TYPE, zstdCompressSync(traces(span())), 'zstd'],
    ['no compression by name', JSON_TYPE, traces(span()), 'identity'],
  ])('takes %s, answers in kind, and has the span on the disk', async (_, type, body, encoding) => {
    const answer = await post(body as BodyInit, {
      'content-type': type,
      ...(encoding && { 'content-encoding': encoding }),
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type === PROTOBUF ? PROTOBUF : JSON_TYPE);
    expect(answer.text).toBe(type === PROTOBUF ? '' : '{}');
    expect(wal.usage().bytes).toBeGreaterThan(0);
    await wal.close(1_000);
    expect(insertedRows['spans']?.[0]?.includes('GET /')).toBe(true);
  });

  it('takes an empty request for a success', async () => {
    expect(await post('', { 'content-type': PROTOBUF })).toMatchObject({ status: 200, text: '' });
    expect(await post('', { 'content-type': PROTOBUF, 'content-encoding': 'gzip' })).toMatchObject({ status: 200 });
    expect(await post('{}', { 'content-type': JSON_TYPE })).toMatchObject({ status: 200, text: '{}' });
    expect(wal.usage().bytes).toBe(0);
  });

  it('tells of rejected spans in a partial success', async () => {
    const body = traces(span(), span('0000000000000000'), span('00'));
    const json = await post(body, { 'content-type': JSON_TYPE });
    expect(JSON.parse(json.text)).toEqual({
      partialSuccess: {
        rejectedSpans: '2',
        errorMessage: '1 × a span id must not be all zero; 1 × a span id must have 8 bytes',
      },
    });
    const proto = await post(asProto(body) as BodyInit, { 'content-type': PROTOBUF });
    const decoded = otlpRoot.lookupType('otlp.ExportTraceServiceResponse').decode(proto.bytes).toJSON();
    expect(decoded).toEqual(JSON.parse(json.text));
  });

  it('refuses a broken body with the reason in a Status of the same encoding', async () => {
    const broken = asProto(traces(span())).slice(0, -3);
    const proto = await post(broken as BodyInit, { 'content-type': PROTOBUF });
    expect(proto.status).toBe(400);
    expect(rpcStatus(proto.bytes)).toEqual({ code: 3, message: expect.stringContaining('Broken protobuf at byte') });
    const json = await post('{"resourceSpans": 7}', { 'content-type': JSON_TYPE });
    expect(json.status).toBe(400);
    expect(JSON.parse(json.text)).toEqual({ code: 3, message: 'resourceSpans: expected an array, got 7' });
    const gzip = await post('not gzip', { 'content-type': JSON_TYPE, 'content-encoding': 'gzip' });
    expect(gzip).toMatchObject({ status: 400, text: expect.stringContaining('The body is not gzip') });
    expect(wal.usage().bytes).toBe(0);
  });

  it.each([
    ['another content type', { 'content-type': 'text/plain' }, 415, 'application/x-protobuf or application/json'],
    ['another encoding', { 'content-type': JSON_TYPE, 'content-encoding': 'br' }, 415, 'is not known'],
    ['a name out of Object', { 'content-type': JSON_TYPE, 'content-encoding': 'constructor' }, 415, 'is not known'],
    ['a page elsewhere', { 'content-type': JSON_TYPE, origin: 'https://evil.example' }, 403, 'evil.example'],
    ['a page without an origin', { 'content-type': JSON_TYPE, origin: 'null' }, 403, 'may not send'],
    [
      'an origin that only begins well',
      { 'content-type': JSON_TYPE, origin: 'http://localhost.evil.example' },
      403,
      'evil',
    ],
  ])('refuses %s', async (_, headers, status, reason) => {
    const answer = await post(traces(span()), headers as Record<string, string>);
    expect(answer).toMatchObject({ status, text: expect.stringContaining(reason) });
  });

  it('refuses a host name that is not of this machine', async () => {
    const { port } = server.address() as AddressInfo;
    const request = httpRequest({
      port,
      host: '127.0.0.1',
      path: '/v1/traces',
      method: 'POST',
      headers: { host: 'rebound.example' },
    });
    request.end();
    const [response] = await once(request, 'response');
    expect(response.statusCode).toBe(403);
    response.resume();
  });

  it('lets pages of this machine send, and read the answer', async () => {
    const origin = 'http://localhost:5173';
    const preflight = await fetch(`${url}/v1/traces`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type');
    const answer = await post(traces(span()), { 'content-type': JSON_TYPE, origin });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
  });

  it('refuses what decompresses to more than it may, whatever its size', async () => {
    const bomb = gzipSync(Buffer.alloc(65 * 1024 ** 2));
    expect(bomb.length).toBeLessThan(100_000);
    const answer = await post(bomb, { 'content-type': PROTOBUF, 'content-encoding': 'gzip' });
    expect(answer.status).toBe(413);
    expect(rpcStatus(answer.bytes)).toMatchObject({ code: 8, message: expect.stringContaining('64 MiB') });
  });

  it('refuses a body that announces itself too large without reading it', async () => {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${JSON_TYPE}\r\nContent-Length: 90000000\r\n\r\nx`,
    );
    const [chunk] = await once(socket, 'data');
    expect(String(chunk)).toContain('413 Payload Too Large');
    await once(socket, 'close');
  });

  it('answers 429 with Retry-After over its bytes in flight, and serves again afterwards', async () => {
    await listen({ inFlight: new InFlight(1_000) });
    const { port } = server.address() as AddressInfo;
    const holder = connect(port, '127.0.0.1');
    holder.write(
      `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${JSON_TYPE}\r\nContent-Length: 990\r\n\r\n{`,
    );
    await expect.poll(async () => (await post(traces(span()), { 'content-type': JSON_TYPE })).status).toBe(429);
    const refused = await post(traces(span()), { 'content-type': JSON_TYPE });
    expect(refused.headers.get('retry-after')).toBe('1');
    holder.destroy();
    await expect.poll(async () => (await post(traces(span()), { 'content-type': JSON_TYPE })).status).toBe(200);
  });

  it('answers 503 with Retry-After when the rows cannot be kept', async () => {
    const closed = wal.close(1_000);
    const answer = await post(traces(span()), { 'content-type': JSON_TYPE });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(JSON.parse(answer.text)).toMatchObject({ code: 14, message: 'The collector is stopping.' });
    await closed;
  });

  it('cuts off a client that dribbles its request', async () => {
    await listen({ requestTimeoutMs: 300 });
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${JSON_TYPE}\r\nContent-Length: 100\r\n\r\n{`,
    );
    const started = performance.now();
    socket.resume();
    await once(socket, 'close');
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('keeps a connection open for the next batch', async () => {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    for (let n = 0; n < 3; n++) {
      socket.write(
        `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${JSON_TYPE}\r\nContent-Length: 2\r\n\r\n{}`,
      );
      const [chunk] = await once(socket, 'data');
      expect(String(chunk)).toContain('200 OK');
    }
    socket.destroy();
    expect(answered).toEqual(Array.from({ length: 3 }, () => ['traces', 200]));
  });
});

it.each([
  ['GET', '/v1/traces', 405, 'takes POST, not GET'],
  ['GET', '/', 404, 'nothing at /'],
])('answers %s %s with %i', async (method, where, status, reason) => {
  const response = await fetch(`${url}${where}`, { method });
  expect(response.status).toBe(status);
  expect(JSON.parse(await response.text())).toMatchObject({ message: expect.stringContaining(reason) });
});

it('hands on circuit transitions, which are in the store at once', async () => {
  const attributes = [
    { key: 'circuit_breaker.name', value: { stringValue: 'payments' } },
    { key: 'circuit_breaker.state', value: { stringValue: 'open' } },
  ];
  const body = Buffer.from(
    JSON.stringify({
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ eventName: 'switchyard.circuit.transition', attributes }] }] }],
    }),
  );
  const answer = await post(jsonToProto(body, LOGS_REQUEST) as BodyInit, { 'content-type': PROTOBUF }, '/v1/logs');
  expect(answer.status).toBe(200);
  const [[rows, stored]] = transitions as [(typeof transitions)[0]];
  expect(rows).toMatchObject([{ name: 'payments', state: 'open' }]);
  expect(await stored).toBe(true);
  await expect.poll(() => Object.keys(insertedRows).toSorted()).toEqual(['circuit_transitions', 'logs']);
});
