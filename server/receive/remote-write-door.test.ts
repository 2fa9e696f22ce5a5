import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import snappyjs from 'snappyjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MetricFamilies } from '#server/decode/metric-families.ts';
import { StreamBook } from '#server/decode/stream-book.ts';
import { encode } from '#server/decode/testing/otlp-root.ts';
import {
  toWriteRequest,
  toWriteRequest2,
  WriteRequest2Type,
  WriteRequestType,
} from '#server/decode/testing/remote-write-proto.ts';
import { createLog } from '#server/log.ts';
import { WalRefusal } from '#server/wal/refusal.ts';
import { createOtlpServer } from './otlp-server.ts';
import { remoteWriteDoor } from './remote-write-door.ts';
import { openStoreDouble, type StoreDouble } from './testing/open-store-double.ts';
import { openReceiving } from './testing/open-receiving.ts';

let store: StoreDouble;
let server: Server;
let url: string;
let isRefusing = false;

beforeEach(async () => {
  isRefusing = false;
  store = openStoreDouble();
  const wal: typeof store.wal = {
    ...store.wal,
    append: (...args) => (isRefusing ? Promise.reject(new WalRefusal('disk_full')) : store.wal.append(...args)),
  };
  const memory = { book: new StreamBook(), families: new MetricFamilies() };
  const doors = [remoteWriteDoor(wal, openReceiving(), memory)];
  server = createOtlpServer({ signals: [], doors, log: createLog('test', 'silent') }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/write`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await store.close();
});

const V1 = { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' };
const V2 = { ...V1, 'content-type': 'application/x-protobuf;proto=io.prometheus.write.v2.Request' };

async function post(body: Uint8Array, headers: Record<string, string>, method = 'POST') {
  const response = await fetch(url, { method, body: body as BodyInit, headers });
  const written = (what: string) => response.headers.get(`x-prometheus-remote-write-${what}-written`);
  return {
    status: response.status,
    text: await response.text(),
    retryAfter: response.headers.get('retry-after'),
    written: [written('samples'), written('histograms'), written('exemplars')],
  };
}

const series = (name: string, timestamp = Date.now()) => ({ name, labels: [], samples: [{ value: 1, timestamp }] });
const pack = (bytes: Uint8Array) => snappyjs.compress(Buffer.from(bytes));
const v1 = (...names: string[]) => pack(encode(WriteRequestType, toWriteRequest(names.map((name) => series(name)))));
const v2 = (...names: string[]) => pack(encode(WriteRequest2Type, toWriteRequest2(names.map((name) => series(name)))));

describe('POST /api/v1/write', () => {
  it.each([
    ['1.0', V1, v1],
    ['1.0 by name', { ...V1, 'content-type': 'application/x-protobuf; proto=prometheus.WriteRequest' }, v1],
    ['2.0', V2, v2],
  ])('keeps what comes in version %s, and says how much', async (_, headers, write) => {
    expect(await post(write('a', 'b'), headers)).toMatchObject({ status: 204, text: '', written: ['2', '0', '0'] });
    await store.wal.close(1_000);
    expect(store.samples().map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('keeps exemplars, and says how many', async () => {
    const [first] = (toWriteRequest([series('a')]) as { timeseries: object[] }).timeseries;
    const exemplars = [{ value: 1, timestamp: Date.now(), labels: [{ name: 'trace_id', value: 'ab' }] }];
    const body = pack(encode(WriteRequestType, { timeseries: [{ ...first, exemplars }] }));
    expect(await post(body, V1)).toMatchObject({ status: 204, written: ['1', '0', '1'] });
    await store.wal.close(1_000);
    expect(store.rows('exemplars').map((row) => row['labels'])).toEqual([[['trace_id', 'ab']]]);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a request of nothing', pack(new Uint8Array())],
  ])('takes %s for a success', async (_, body) => {
    expect(await post(body, V1)).toMatchObject({ status: 204, written: ['0', '0', '0'] });
  });

  it('answers 400 with the reason when some samples are faulty, and keeps the others', async () => {
    const answer = await post(v1('a', ''), V1);
    expect(answer).toMatchObject({ status: 400, written: ['1', '0', '0'] });
    expect(answer.text).toBe('1 × a series needs a name (__name__); 1 samples were kept\n');
  });

  it('answers 503 when nothing can be kept, which a sender repeats', async () => {
    isRefusing = true;
    expect(await post(v1('a'), V1)).toMatchObject({ status: 503, retryAfter: '2', written: [null, null, null] });
    isRefusing = false;
    expect(await post(v1('a'), V1)).toMatchObject({ status: 204 });
    await store.wal.close(1_000);
    // The announcement that was lost was made again.
    expect(store.samples()).toHaveLength(1);
  });

  it.each([
    ['another encoding', v1('a'), { ...V1, 'content-encoding': 'gzip' }, 415],
    ['another type', v1('a'), { ...V1, 'content-type': 'application/json' }, 415],
    ['another message', v1('a'), { ...V1, 'content-type': 'application/x-protobuf;proto=my.Request' }, 415],
    ['no Snappy', Buffer.from('hello'), V1, 400],
    ['no protobuf', pack(Buffer.from('hello')), V1, 400],
    ['a bomb', Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0]), V1, 413],
  ])('refuses %s', async (_, body, headers, status) => {
    const answer = await post(body, headers);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toBe('');
  });

  it('takes POST only', async () => {
    expect((await post(v1('a'), V1, 'PUT')).status).toBe(405);
  });
});
