import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { logCondition } from '#server/store/queries/log-filter.ts';
import { insertLogs } from '#server/store/queries/testing.ts';
import { countLogs } from './count-logs.ts';
import { getLog } from './get-log.ts';
import { listFacets } from './list-facets.ts';
import { GetLogInput, LogFilter, LogHistogramInput, SearchLogsInput } from './schema.ts';
import { searchLogs } from './search-logs.ts';

const MINUTE = 60_000;
const NOW = Math.floor(Date.now() / MINUTE) * MINUTE;
const range = { fromMs: NOW - 10 * MINUTE, toMs: NOW };
const TRACE = 'ab'.repeat(16);

let engine: TestEngine;
let store: Store;
beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'logs', log: createLog('test', 'silent') });
  await applySchema(store);
  await insertLogs(store, [
    {
      atMs: NOW - 5 * MINUTE,
      service: 'payments',
      body: 'card REFUSED_by 100% of "banks" \\o/',
      severity: 17,
      event: 'payment.failed',
      trace: TRACE,
      span: '12'.repeat(8),
      instance: 'payments-1',
      version: '2.0.0',
      scope: 'pino',
      // A logger may repeat the name of its service.
      attributes: { 'http.route': '/pay', 'order.id': "it's 42", service: 'payments' },
      resource: { 'service.version': '2.0.0', 'host.name': 'one' },
    },
    {
      atMs: NOW - 5 * MINUTE + 1,
      service: 'payments',
      body: 'Ünïcode straße',
      severity: 13,
      attributes: { 'http.route': '/pay' },
    },
    {
      atMs: NOW - 2 * MINUTE,
      service: 'orders',
      body: 'order taken',
      severity: 9,
      attributes: { 'http.route': '/orders' },
    },
    { atMs: NOW - 2 * MINUTE, service: 'orders', body: 'detail', severity: 5, attributes: { 'http.route': '/orders' } },
    { atMs: NOW - 90_000, service: 'orders', body: 'no severity', severity: 0 },
    { atMs: NOW - 60 * MINUTE, service: 'orders', body: 'before', severity: 9 },
  ]);
});
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

const bodies = async (filter: Omit<SearchLogsInput, 'range'>) =>
  (await searchLogs({ store }, SearchLogsInput.parse({ range, ...filter }))).map(({ body }) => body);
const FAILED = 'card REFUSED_by 100% of "banks" \\o/';

describe('a search', () => {
  it.each([
    ['text of any case', { text: 'refused' }, [FAILED]],
    ['text with the wildcards of LIKE in it', { text: '100% of' }, [FAILED]],
    ['an underscore as itself', { text: 'd_by' }, [FAILED]],
    ['which is no wildcard', { text: 'card_refused' }, []],
    ['a backslash', { text: '\\o/' }, [FAILED]],
    ['a quote', { text: '"banks"' }, [FAILED]],
    ['text beyond ASCII, of any case', { text: 'üNÏ' }, ['Ünïcode straße']],
    ['a trace', { traceId: TRACE }, [FAILED]],
    ['a field', { fields: [{ key: 'http.route', op: '=', value: '/orders' }] }, ['order taken', 'detail']],
    ['a field of the resource', { fields: [{ key: 'host.name', op: '=', value: 'one' }] }, [FAILED]],
    ['a value with a quote', { fields: [{ key: 'order.id', op: '=', value: "it's 42" }] }, [FAILED]],
    ['another value', { fields: [{ key: 'http.route', op: '!=', value: '/orders' }] }, ['Ünïcode straße', FAILED]],
    ['a field that is there', { fields: [{ key: 'order.id', op: 'exists' }] }, [FAILED]],
    ['the name of the event', { fields: [{ key: 'event.name', op: '=', value: 'payment.failed' }] }, [FAILED]],
    ['everything at once', { service: 'payments', minSeverity: 14, text: 'card', traceId: TRACE }, [FAILED]],
    ['SQL', { text: "' OR 1=1 --" }, []],
  ] as const)('finds %s', async (_name, filter, found) => {
    expect((await bodies(structuredClone(filter) as never)).toSorted()).toEqual([...found].toSorted());
  });

  it('names each line, and the id leads to the rest of it', async () => {
    const [line] = await searchLogs({ store }, SearchLogsInput.parse({ range, text: 'refused' }));
    expect(line).toMatchObject({
      traceId: TRACE,
      spanId: '12'.repeat(8),
      instance: 'payments-1',
      eventName: 'payment.failed',
    });
    expect(await getLog({ store }, GetLogInput.parse({ id: line!.id }))).toEqual({
      scope: 'pino',
      resourceAttributes: { 'service.version': '2.0.0', 'host.name': 'one' },
    });
    const ids = (await searchLogs({ store }, SearchLogsInput.parse({ range }))).map(({ id }) => id);
    expect(new Set(ids).size).toBe(5);
    await expect(getLog({ store }, { id: `1-${'0'.repeat(16)}` })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuses ids and traces of another form', () => {
    expect(GetLogInput.safeParse({ id: '1 OR 1' }).success).toBe(false);
    expect(SearchLogsInput.safeParse({ range, traceId: 'zz' }).success).toBe(false);
  });

  it('reads no more than 31 days', async () => {
    const long = { fromMs: NOW - 32 * 24 * 60 * MINUTE, toMs: NOW };
    await expect(searchLogs({ store }, SearchLogsInput.parse({ range: long }))).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await expect(countLogs({ store }, LogHistogramInput.parse({ range: long }))).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await expect(listFacets({ store }, LogFilter.parse({ range: long }))).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });
});

it('counts lines by level and time', async () => {
  expect(await countLogs({ store }, LogHistogramInput.parse({ range, buckets: 10 }))).toEqual({
    stepMs: MINUTE,
    buckets: [
      { tMs: NOW - 5 * MINUTE, counts: { error: 1, warn: 1 } },
      { tMs: NOW - 2 * MINUTE, counts: { info: 1, debug: 1, none: 1 } },
    ],
  });
  const orders = await countLogs(
    { store },
    LogHistogramInput.parse({ range, buckets: 10, service: 'orders', minSeverity: 9 }),
  );
  expect(orders.buckets).toEqual([{ tMs: NOW - 2 * MINUTE, counts: { info: 1 } }]);
});

it('offers the fields that sort the lines, the usual ones first, and none that tells them apart', async () => {
  const facets = await listFacets({ store }, LogFilter.parse({ range }));
  expect(facets).toEqual([
    {
      field: 'service',
      values: [
        { value: 'orders', count: 3 },
        { value: 'payments', count: 2 },
      ],
    },
    {
      field: 'severity',
      values: ['debug', 'error', 'info', 'none', 'warn'].map((value) => ({ value, count: 1 })),
    },
    { field: 'event', values: [{ value: 'payment.failed', count: 1 }] },
    {
      field: 'http.route',
      values: [
        { value: '/orders', count: 2 },
        { value: '/pay', count: 2 },
      ],
    },
    { field: 'order.id', values: [{ value: "it's 42", count: 1 }] },
  ]);
  const warned = await listFacets({ store }, LogFilter.parse({ range, minSeverity: 17 }));
  expect(warned[0]).toEqual({ field: 'service', values: [{ value: 'payments', count: 1 }] });
});

it('a search for text asks the index', async () => {
  const { condition, params } = logCondition({ range, text: 'refused' });
  const plan = await store.query({
    name: 'explain',
    sql: `SELECT explain FROM (EXPLAIN indexes = 1 SELECT body FROM logs WHERE ${condition})`,
    params,
    row: z.object({ explain: z.string() }),
  });
  expect(plan.map(({ explain }) => explain).join('\n')).toContain('by_text');
});
