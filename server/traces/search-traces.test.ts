import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { listTraceLogs } from '#server/logs/list-trace-logs.ts';
import { searchLogs } from '#server/logs/search-logs.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { insertLogs, insertSpans } from '#server/store/queries/testing.ts';
import { getHeatmap } from './get-heatmap.ts';
import { getTrace } from './get-trace.ts';
import { openTrace } from './open-trace.ts';
import { listOperations } from './list-operations.ts';
import { GetTraceInput, SearchTracesInput } from './schema.ts';
import { searchTraces } from './search-traces.ts';

const NOW = Math.floor(Date.now() / 60_000) * 60_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const range = { fromMs: NOW - 10 * MINUTE, toMs: NOW };
const day = { fromMs: NOW - 20 * HOUR, toMs: NOW };
const now = () => new Date(NOW);
const id = (digit: string) => digit.repeat(32);
const span = (digit: string) => digit.repeat(16);

let engine: TestEngine;
let store: Store;
let empty: Store;
beforeAll(async () => {
  engine = await startTestEngine();
  const log = createLog('test', 'silent');
  store = createStore({ url: engine.url, database: 'traces', log });
  empty = createStore({ url: engine.url, database: 'empty', log });
  await Promise.all([applySchema(store), applySchema(empty)]);
  const at = NOW - 5 * MINUTE;
  await insertSpans(store, [
    // a: a purchase that fails in payments, 120 ms over three services.
    {
      trace: id('a'),
      id: span('1'),
      service: 'gateway',
      name: 'POST /api/orders',
      ms: 120,
      atMs: at,
      error: true,
      http: 502,
    },
    {
      trace: id('a'),
      id: span('2'),
      parent: span('1'),
      service: 'orders',
      name: 'POST /orders',
      ms: 100,
      atMs: at + 10,
    },
    {
      trace: id('a'),
      id: span('3'),
      parent: span('2'),
      service: 'orders',
      kind: 'client',
      name: 'POST /payments',
      ms: 80,
      atMs: at + 15,
      error: true,
      message: 'refused',
      peer: 'payments',
      breaker: ['payments', 'failure'],
      attributes: { 'order.id': '42', region: "it's" },
    },
    {
      trace: id('a'),
      id: span('4'),
      parent: span('3'),
      service: 'payments',
      name: 'POST /payments',
      ms: 70,
      atMs: at + 20,
    },
    // b: quick and well. c: slow and well. d: nine hours old. e: its root never arrived.
    {
      trace: id('b'),
      service: 'gateway',
      name: 'GET /api/items',
      ms: 8,
      atMs: NOW - MINUTE,
      attributes: { region: 'north' },
    },
    { trace: id('c'), service: 'gateway', name: 'GET /api/items', ms: 900, atMs: NOW - 8 * MINUTE },
    { trace: id('d'), service: 'gateway', name: 'GET /api/items', ms: 2_000, atMs: NOW - 9 * HOUR },
    { trace: id('e'), parent: span('9'), service: 'orders', name: 'GET /orders', ms: 30, atMs: NOW - 2 * MINUTE },
    { trace: id('e'), parent: span('9'), service: 'orders', name: 'late', ms: 30, atMs: NOW - 2 * MINUTE + 50 },
  ]);
  await insertLogs(store, [
    {
      atMs: at + 30,
      service: 'orders',
      body: 'Payment REFUSED for 42',
      severity: 17,
      trace: id('a'),
      attributes: { code: 'x' },
    },
    { atMs: at + 5, service: 'gateway', body: 'request in', severity: 9, trace: id('a') },
    { atMs: NOW - 1_000, service: 'orders', body: 'other', severity: 13 },
    { atMs: NOW - 9 * HOUR, service: 'orders', body: 'long ago', severity: 9, trace: id('f') },
  ]);
});
afterAll(async () => {
  await Promise.all([store?.close(), empty?.close()]);
  await engine?.stop();
});

const search = (input: Partial<SearchTracesInput> = {}, from = store) =>
  searchTraces({ store: from }, SearchTracesInput.parse({ range, ...input }));
const found = async (input: Partial<SearchTracesInput>) =>
  (await search(input)).traces.map(({ traceId }) => traceId[0]).join('');

const get = (digit: string, over: object = {}, from = store) =>
  getTrace({ store: from }, GetTraceInput.parse({ traceId: id(digit), ...over }));

const open = (digit: string) => openTrace({ store }, { traceId: id(digit) });
/** What a column of an outline stands for. */
const places = (values: string[], column: string) => column.split(' ').map((place) => values[Number(place)]);

describe('traces.search', () => {
  it('sums up each trace, the newest first', async () => {
    const { traces, truncated } = await search();
    expect(truncated).toBe(false);
    expect(traces.map(({ traceId }) => traceId[0])).toEqual(['b', 'e', 'a', 'c']);
    expect(traces[2]).toEqual({
      traceId: id('a'),
      rootService: 'gateway',
      rootOperation: 'POST /api/orders',
      startMs: NOW - 5 * MINUTE,
      durationMs: 120,
      spanCount: 4,
      errorCount: 2,
      refusedCount: 0,
      services: [
        { service: 'orders', spanCount: 2 },
        { service: 'gateway', spanCount: 1 },
        { service: 'payments', spanCount: 1 },
      ],
    });
    expect(traces[1]).toMatchObject({ rootService: 'orders', rootOperation: 'GET /orders', durationMs: 80 });
  });

  const filters: [string, Partial<SearchTracesInput>, string][] = [
    ['the slowest first', { sort: 'slowest' }, 'caeb'],
    ['over hours', { range: day }, 'beacd'],
    ['no more than asked for', { limit: 2 }, 'be'],
    ['by service', { service: 'payments' }, 'a'],
    ['by operation', { operation: 'GET /api/items' }, 'bc'],
    ['by an operation of another service', { service: 'orders', operation: 'GET /api/items' }, ''],
    ['with an error', { status: 'error' }, 'a'],
    ['with an error of this service', { status: 'error', service: 'payments' }, ''],
    ['with none', { status: 'ok' }, 'bec'],
    ['with none in the whole trace', { status: 'ok', service: 'payments' }, ''],
    ['by what a breaker made of a call', { circuitOutcome: 'failure' }, 'a'],
    ['no shorter than', { minDurationMs: 100 }, 'ac'],
    ['no longer than', { maxDurationMs: 80 }, 'be'],
    ['by the duration of the whole trace', { service: 'payments', minDurationMs: 110 }, 'a'],
    ['by attribute', { attributes: [{ key: 'order.id', op: '=', value: '42' }] }, 'a'],
    ['by an attribute that is there', { attributes: [{ key: 'region', op: 'exists' }] }, 'ba'],
    ['by one that differs', { attributes: [{ key: 'region', op: '!=', value: 'north' }] }, 'a'],
    ['by text that is no SQL', { attributes: [{ key: 'region', op: '=', value: "it's" }] }, 'a'],
    ['by SQL that is no SQL', { attributes: [{ key: "x') OR 1 --", op: 'exists' }] }, ''],
    [
      'by attributes of one span',
      {
        attributes: [
          { key: 'order.id', op: '=', value: '42' },
          { key: 'region', op: '=', value: 'north' },
        ],
      },
      '',
    ],
  ];
  it.each(filters)('finds %s', async (_, input, expected) => {
    expect(await found(input)).toBe(expected);
  });

  it('says when there were more', async () => {
    expect((await search({ limit: 3 })).truncated).toBe(true);
    expect((await search({ limit: 4 })).truncated).toBe(false);
    expect((await search({ limit: 3, sort: 'slowest' })).truncated).toBe(true);
  });

  it('refuses what can match nothing', async () => {
    await expect(search({ minDurationMs: 5, maxDurationMs: 4 })).rejects.toThrow(/Swap the two/);
  });
});

describe('traces.get', () => {
  it('gives the spans with their times from the start', async () => {
    const trace = await get('a');
    expect(trace).toMatchObject({ startMs: NOW - 5 * MINUTE, durationUs: 120_000, truncated: false });
    expect(trace.spans.map(({ spanId, parentSpanId, startUs }) => [spanId[0], parentSpanId?.[0], startUs])).toEqual([
      ['1', undefined, 0],
      ['2', '1', 10_000],
      ['3', '2', 15_000],
      ['4', '3', 20_000],
    ]);
    expect(trace.spans[2]).toMatchObject({
      service: 'orders',
      instance: 'orders-1',
      operation: 'POST /payments',
      kind: 'client',
      durationUs: 80_000,
      status: 'error',
      statusMessage: 'refused',
      attributes: { 'order.id': '42', region: "it's" },
      events: [],
      links: [],
    });
  });

  it('gives events and links', async () => {
    await store.command(
      'test',
      `INSERT INTO spans (timestamp, duration_ns, trace_id, span_id, service_name, event_timestamps, event_names, event_attributes, link_trace_ids, link_span_ids)
       SELECT fromUnixTimestamp64Milli({at:Int64}), 5000000, unhex({id:String}), unhex({span:String}), 'jobs',
         [fromUnixTimestamp64Milli({at:Int64} + 2)::DateTime64(9)], ['exception'], [map('exception.message', 'boom')],
         [toFixedString(unhex({link:String}), 16)], [toFixedString(unhex({span:String}), 8)]`,
      { at: NOW - HOUR, id: id('7'), span: span('5'), link: id('8') },
    );
    const { spans } = await get('7');
    expect(spans[0]?.events).toEqual([
      { offsetUs: 2_000, name: 'exception', attributes: { 'exception.message': 'boom' } },
    ]);
    expect(spans[0]?.links).toEqual([{ traceId: id('8'), spanId: span('5') }]);
  });

  it('sends no more than a browser can lay out', async () => {
    await store.command(
      'test',
      `INSERT INTO spans (timestamp, duration_ns, trace_id, span_id, service_name)
       SELECT fromUnixTimestamp64Milli({at:Int64} + number), 1000, unhex({id:String}), reinterpretAsFixedString(number + 1), 'batch' FROM numbers(10005)`,
      { at: NOW - 3 * HOUR, id: id('6') },
    );
    const trace = await get('6');
    expect(trace.truncated).toBe(true);
    expect(trace.spans).toHaveLength(10_000);
    expect(trace.spans[0]?.startUs).toBe(0);
    expect(await get('6', { spansMax: 3 })).toMatchObject({ spans: { length: 3 }, truncated: true });
  });

  it('counts an event from the start of its span', async () => {
    await store.command(
      'test',
      `INSERT INTO spans (timestamp, duration_ns, trace_id, span_id, service_name, event_timestamps, event_names, event_attributes)
       SELECT fromUnixTimestamp64Milli({at:Int64} + 40 * number), 9000000, unhex({id:String}), reinterpretAsFixedString(number + 1), 'jobs',
         [fromUnixTimestamp64Milli({at:Int64} + 40 * number + 3)::DateTime64(9)], ['retry'], [map()]
       FROM numbers(2)`,
      { at: NOW - 4 * HOUR, id: id('5') },
    );
    const { spans } = await get('5');
    expect(spans.map(({ startUs, events }) => [startUs, events[0]?.offsetUs])).toEqual([
      [0, 3_000],
      [40_000, 3_000],
    ]);
  });

  it('sends a resource once, however many spans it has', async () => {
    const { spans, resources } = await get('a');
    expect(resources).toEqual([{}]);
    expect(spans.map(({ resource }) => resource)).toEqual([0, 0, 0, 0]);
  });

  it('counts the calls that an open breaker refused', async () => {
    await insertSpans(store, [
      { trace: id('9'), service: 'gateway', atMs: NOW - 14 * HOUR, breaker: ['payments', 'rejected'] },
    ]);
    const window = { fromMs: NOW - 15 * HOUR, toMs: NOW - 13 * HOUR };
    expect((await search({ range: window, circuitOutcome: 'rejected' })).traces).toMatchObject([{ refusedCount: 1 }]);
  });

  it('says what it may be when there is none', async () => {
    await expect(get('0')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('traces.heatmap counts the traces that search finds, by start and duration', async () => {
  const cells = await getHeatmap({ store, now }, SearchTracesInput.parse({ range, service: 'gateway' }));
  expect(
    cells.map(({ tMs, durationMs, count, errors }) => [(tMs - NOW) / MINUTE, Math.round(durationMs), count, errors]),
  ).toEqual([
    [-8, 750, 1, 0],
    [-5, 100, 1, 1],
    [-1, 7, 1, 0],
  ]);
  const slow = await getHeatmap({ store, now }, SearchTracesInput.parse({ range, minDurationMs: 500 }));
  expect(slow.map(({ count }) => count)).toEqual([1]);
});

it('traces.operations lists what is served before what is called', async () => {
  expect(await listOperations({ store }, { range, service: 'orders' })).toEqual([
    'GET /orders',
    'POST /orders',
    'late',
    'POST /payments',
  ]);
  expect(await listOperations({ store }, { range, service: 'nobody' })).toEqual([]);
});

const bodies = async (input: object, window = range) =>
  (await searchLogs({ store }, { range: window, limit: 200, ...input })).map(({ body }) => body);

describe('logs', () => {
  it('are found by service, severity and text, newest first', async () => {
    expect(await bodies({})).toEqual(['other', 'Payment REFUSED for 42', 'request in']);
    expect(await bodies({ service: 'gateway' })).toEqual(['request in']);
    expect(await bodies({ minSeverity: 13 })).toEqual(['other', 'Payment REFUSED for 42']);
    expect(await bodies({ text: 'payment refused' })).toEqual(['Payment REFUSED for 42']);
    expect(await bodies({ text: '%' })).toEqual([]);
    expect(await bodies({ limit: 1 })).toEqual(['other']);
    expect(await bodies({}, day)).toContain('long ago');
  });

  it('of a trace come in its order, also when it left no spans', async () => {
    const lines = await listTraceLogs({ store, now }, { traceId: id('a') });
    expect(lines.map(({ body }) => body)).toEqual(['request in', 'Payment REFUSED for 42']);
    expect(lines[1]).toMatchObject({ severityNumber: 17, traceId: id('a'), spanId: null, attributes: { code: 'x' } });
    expect((await listTraceLogs({ store, now }, { traceId: id('f') })).map(({ body }) => body)).toEqual(['long ago']);
  });
});

it('answers an empty store with nothing', async () => {
  const input = SearchTracesInput.parse({ range: day });
  expect(await search({ range: day }, empty)).toEqual({ traces: [], truncated: false });
  expect(await search({ range: day, sort: 'slowest' }, empty)).toEqual({ traces: [], truncated: false });
  expect(await getHeatmap({ store: empty, now }, input)).toEqual([]);
  expect(await listOperations({ store: empty }, { range })).toEqual([]);
  expect(await searchLogs({ store: empty }, { range: day, limit: 10 })).toEqual([]);
  expect(await listTraceLogs({ store: empty, now }, { traceId: id('a') })).toEqual([]);
  await expect(get('a', {}, empty)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

describe('traces.open', () => {
  it('sends a small trace whole', async () => {
    expect(await open('a')).toEqual({ ...(await get('a')), outline: null });
  });

  it('sends all of a large one as columns of what is drawn', async () => {
    await store.command(
      'test',
      `INSERT INTO spans (timestamp, duration_ns, trace_id, span_id, parent_span_id, service_name, name, status_code, circuit_breaker_outcome, event_timestamps, event_names, event_attributes)
       SELECT fromUnixTimestamp64Milli({at:Int64} + number), 1500 * (number + 1), unhex({id:String}), unhex(leftPad(hex(number + 1), 16, '0')),
         unhex(leftPad(hex(number), 16, '0')), ['gateway', 'orders'][number % 2 + 1], 'step ' || toString(number % 3), number % 3,
         if(number = 7, 'rejected', ''),
         if(number = 9, [fromUnixTimestamp64Milli({at:Int64} + 11)::DateTime64(9)], []), if(number = 9, ['retry'], []), if(number = 9, [map()], [])
       FROM numbers(1200)`,
      { at: NOW - 5 * HOUR, id: id('4') },
    );
    const { spans } = await get('4');
    const { outline, ...opened } = await open('4');
    expect(opened).toEqual({
      traceId: id('4'),
      startMs: NOW - 5 * HOUR,
      durationUs: 1_199_000 + 1_800,
      spans: null,
      resources: [],
      truncated: false,
    });
    const [first, ...rest] = spans;
    expect(first?.parentSpanId).toBeNull();
    expect(outline?.spanIds).toBe(spans.map(({ spanId }) => spanId).join(''));
    expect(outline?.parentIds).toBe('0'.repeat(16) + rest.map(({ parentSpanId }) => parentSpanId).join(''));
    expect(places(outline!.services, outline!.service)).toEqual(spans.map(({ service }) => service));
    expect(places(outline!.operations, outline!.operation)).toEqual(spans.map(({ operation }) => operation));
    expect(outline?.startUs).toBe(spans.map(({ startUs }) => startUs).join(' '));
    expect(outline?.durationUs).toBe(spans.map(({ durationUs }) => durationUs).join(' '));
    expect(outline?.status).toBe(spans.map((_, index) => index % 3).join(''));
    expect(outline?.outcomes).toEqual([[7, 'rejected']]);
    expect(outline?.events).toEqual([[9, [2_000]]]);
  });

  it('says when there is more than a browser can lay out', async () => {
    const { outline, truncated } = await open('6');
    expect(truncated).toBe(true);
    expect(outline?.startUs.split(' ')).toHaveLength(10_000);
  });

  it('says what it may be when there is none', async () => {
    await expect(open('0')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
