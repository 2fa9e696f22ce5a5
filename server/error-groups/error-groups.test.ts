import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '#server/store/client.ts';
import { applySchema } from '#server/store/migrate.ts';
import { normalised } from '#server/store/queries/error-occurrences.ts';
import { insertLogs, insertSpans, type TestSpan } from '#server/store/queries/testing.ts';
import { listErrorGroups } from './list-error-groups.ts';
import { listErrorSamples } from './list-error-samples.ts';
import { listFirstSeen } from './list-first-seen.ts';
import { ErrorSamplesInput, FirstSeenInput, ListErrorGroupsInput } from './schema.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Math.floor(Date.now() / MINUTE) * MINUTE;
const range = { fromMs: NOW - 24 * MINUTE, toMs: NOW };
const id = (digit: string) => digit.repeat(32);

let engine: TestEngine;
let store: Store;
beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'errors', log: createLog('test', 'silent') });
  await applySchema(store);
  const timeout = (change: Partial<TestSpan>): TestSpan => ({
    service: 'orders',
    name: 'POST /orders',
    atMs: NOW - MINUTE,
    error: true,
    http: 502,
    errorType: 'TimeoutError',
    ...change,
  });
  await insertSpans(store, [
    // One kind twice, in two versions, and once long ago; in seconds it is another kind.
    timeout({ atMs: NOW - 24 * MINUTE, message: 'order 17 timed out after 300 ms', trace: id('1'), version: '1.0.0' }),
    timeout({ atMs: NOW - 3 * MINUTE, message: 'order 4242 timed out after 1.5 s', trace: id('2'), version: '1.1.0' }),
    timeout({
      atMs: NOW - 2 * MINUTE,
      message: 'order 9 timed out after 299 ms',
      trace: id('3'),
      version: '1.1.0',
      id: 'c'.repeat(16),
    }),
    timeout({ atMs: NOW - 30 * HOUR, message: 'order 1 timed out after 2 ms' }),
    // The same words elsewhere are another kind.
    timeout({ name: 'GET /orders', message: 'order 5 timed out after 3 ms' }),
    timeout({ errorType: 'AbortError', message: 'order 5 timed out after 3 ms' }),
    // An exception is more than the status that it led to, even on a span that went well.
    {
      service: 'catalog',
      name: 'GET /items',
      atMs: NOW - MINUTE,
      trace: id('4'),
      message: 'whatever',
      events: [
        { name: 'retry', attributes: { 'exception.type': 'NotThis' } },
        {
          name: 'exception',
          attributes: {
            'exception.type': 'TypeError',
            'exception.message': `no "name" of '<b>x</b>'`,
            'exception.stacktrace': 'TypeError: no name\n  at f (a.js:1:2)',
          },
        },
      ],
    },
    // A 5xx that nobody marked; a 4xx at a client, which is nobody's failure; and a success.
    { service: 'gateway', name: 'GET /api', atMs: NOW - MINUTE, http: 503 },
    { service: 'gateway', name: 'GET /api', atMs: NOW - MINUTE, kind: 'client', http: 404, error: true },
    { service: 'gateway', name: 'GET /api', atMs: NOW - MINUTE, http: 200 },
  ]);
  await insertLogs(store, [
    {
      atMs: NOW - MINUTE,
      service: 'orders',
      body: 'stock of item 7 is gone',
      severity: 17,
      event: 'stock.gone',
      version: '1.1.0',
    },
    {
      atMs: NOW - MINUTE,
      service: 'orders',
      body: 'stock of item 8 is gone',
      severity: 21,
      event: 'stock.gone',
      version: '1.1.0',
    },
    {
      atMs: NOW - 5 * MINUTE,
      service: 'auth',
      body: 'failed',
      severity: 17,
      trace: id('5'),
      attributes: { 'exception.type': 'RangeError', 'exception.message': 'bad salt' },
    },
    { atMs: NOW - MINUTE, service: 'auth', body: 'only a warning', severity: 13 },
  ]);
});
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

const list = async (input: Partial<z.input<typeof ListErrorGroupsInput>> = {}) =>
  listErrorGroups({ store }, ListErrorGroupsInput.parse({ range, ...input }));

describe('a message', () => {
  it.each([
    ['order 17 timed out after 300 ms', 'order # timed out after # ms'],
    ['order 17 timed out after 1.5 s', 'order # timed out after # s'],
    ['took 300ms', 'took #'],
    ['connect ECONNREFUSED 127.0.0.1:4005', 'connect ECONNREFUSED #'],
    ['user 6f1c2e7a-aaaa-bbbb-cccc-0123456789ab is gone', 'user # is gone'],
    ['user deadbeef-dead-beef-dead-beefdeadbeef is gone', 'user # is gone'],
    ['span 0x7ffe and 9f86d081884c7d65', 'span # and #'],
    ['key ord_01J9ZQ3 of "Ada Lovelace"', 'key # of "#"'],
    [`can't read 'name' of undefined`, `can't read '#' of undefined`],
    [`it's what they're saying`, `it's what they're saying`],
    ['relation `users` and "" are', 'relation `#` and "#" are'],
    ['at 2026-11-21T07:51:16.123Z', 'at #'],
    ['  two\n\tlines ', 'two lines'],
    ['HTTP 502', 'HTTP #'],
    ['Größe ü1 fehlt', 'Größe # fehlt'],
    ['', ''],
  ])('%j is %j', async (message, expected) => {
    const rows = await store.query({
      name: 'normalised',
      sql: `SELECT ${normalised('{message:String}')} AS normal`,
      params: { message },
      row: z.object({ normal: z.string() }),
    });
    expect(rows).toEqual([{ normal: expected }]);
  });
});

describe('error groups', () => {
  it('gather what differs in numbers only, with count, times, releases and the newest traces', async () => {
    const { groups } = await list({ service: 'orders', text: 'timed out', source: 'span' });
    expect(groups).toHaveLength(4);
    expect(groups[0]).toEqual({
      fingerprint: expect.stringMatching(/^[0-9A-F]{16}$/) as string,
      source: 'span',
      service: 'orders',
      type: 'TimeoutError',
      operation: 'POST /orders',
      message: 'order # timed out after # ms',
      count: 2,
      firstMs: NOW - 24 * MINUTE,
      lastMs: NOW - 2 * MINUTE,
      release: '1.1.0',
      releases: 2,
      trend: [1, ...Array.from({ length: 21 }, () => 0), 1, 0],
      traceIds: [id('3'), id('1')],
    });
  });

  it('come from spans, exceptions and lines', async () => {
    const { groups } = await list();
    const said = groups.map((group) => [
      group.source,
      group.service,
      group.type,
      group.operation,
      group.message,
      group.count,
    ]);
    expect(said.toSorted()).toEqual(
      [
        ['span', 'orders', 'TimeoutError', 'POST /orders', 'order # timed out after # ms', 2],
        ['span', 'orders', 'TimeoutError', 'POST /orders', 'order # timed out after # s', 1],
        ['span', 'orders', 'TimeoutError', 'GET /orders', 'order # timed out after # ms', 1],
        ['span', 'orders', 'AbortError', 'POST /orders', 'order # timed out after # ms', 1],
        ['span', 'catalog', 'TypeError', 'GET /items', `no "#" of '#'`, 1],
        ['span', 'gateway', 'HTTP 503', 'GET /api', '', 1],
        ['log', 'orders', '', 'stock.gone', 'stock of item # is gone', 2],
        ['log', 'auth', 'RangeError', '', 'bad salt', 1],
      ].toSorted(),
    );
    expect((await list({ source: 'log' })).groups.map(({ service }) => service)).toEqual(['orders', 'auth']);
    expect((await list({ text: 'RANGEERR' })).groups.map(({ service }) => service)).toEqual(['auth']);
  });

  it('are sorted as asked, and say when there are more', async () => {
    const latest = await list({ sort: 'last', limit: 7 });
    expect(latest.truncated).toBe(true);
    expect(latest.groups.map(({ lastMs }) => lastMs)).toEqual(
      latest.groups.map(({ lastMs }) => lastMs).toSorted((a, b) => b - a),
    );
    const { groups } = await list({ sort: 'first' });
    expect(groups.at(-1)?.firstMs).toBe(NOW - 24 * MINUTE);
    await expect(list({ range: { fromMs: NOW - 32 * 24 * HOUR, toMs: NOW } })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('lead to their occurrences as they were sent', async () => {
    const { groups } = await list();
    const samplesOf = async (type: string) => {
      const group = groups.find((each) => each.type === type && each.operation !== 'GET /orders')!;
      return listErrorSamples({ store }, ErrorSamplesInput.parse({ range, ...group, limit: 10 }));
    };
    expect(await samplesOf('TimeoutError')).toEqual([
      {
        tMs: NOW - 2 * MINUTE,
        traceId: id('3'),
        spanId: 'c'.repeat(16),
        instance: 'orders-1',
        release: '1.1.0',
        message: 'order 9 timed out after 299 ms',
        stacktrace: '',
      },
      expect.objectContaining({ message: 'order 17 timed out after 300 ms', release: '1.0.0' }),
    ]);
    expect((await samplesOf('TypeError'))[0]).toMatchObject({
      message: `no "name" of '<b>x</b>'`,
      stacktrace: 'TypeError: no name\n  at f (a.js:1:2)',
    });
    expect((await samplesOf('RangeError'))[0]).toMatchObject({ traceId: id('5'), spanId: null, message: 'bad salt' });
  });

  it('are new unless they were seen before the range', async () => {
    const { groups } = await list({ service: 'orders', source: 'span' });
    const seen = await listFirstSeen(
      { store },
      FirstSeenInput.parse({
        beforeMs: range.fromMs,
        fingerprints: groups.map(({ fingerprint }) => fingerprint),
        services: ['orders'],
      }),
    );
    expect(seen).toEqual([{ fingerprint: groups[0]!.fingerprint, firstMs: NOW - 30 * HOUR }]);
    expect(await listFirstSeen({ store }, { beforeMs: NOW, fingerprints: [], services: [] })).toEqual([]);
  });
});
