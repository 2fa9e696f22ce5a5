import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from '../client.ts';
import { applySchema } from '../migrate.ts';
import { makeSegment } from '../testing.ts';
import { findTraces } from './find-traces.ts';
import { spanCondition, type TraceFilter } from './trace-filter.ts';

const HOUR = 3_600_000;
const SPANS = 60_000;
const TO = (Math.floor(Date.now() / 86_400_000) - 1) * 86_400_000;
const range = { fromMs: TO - HOUR, toMs: TO };

let engine: TestEngine;
let store: Store;
beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'search', log: createLog('test', 'silent') });
  await applySchema(store);
  const segment = await makeSegment(engine.url, 'search', 'spans', SPANS, {
    timestamp: `fromUnixTimestamp64Milli(toInt64(${range.fromMs} + number * ${HOUR / SPANS}), 'UTC')`,
    duration_ns: '1000000 * (number % 4 + 1)',
    trace_id: `MD5(toString(intDiv(number, 4)))`,
    span_id: `reinterpretAsFixedString(number + 1)`,
    service_name: `concat('service-', toString(number % 4))`,
    name: `'GET /'`,
    kind: '2',
    attributes: `map('user', toString(number), 'seven', if(number % 7 = 0, 'yes', 'no'), 'empty', '')`,
    resource_attributes: `map('host', concat('host-', toString(number % 4)))`,
  });
  await store.insertRowBinary('spans', segment, 'all');
});
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

const filterOf = (attributes: TraceFilter['attributes'], more: Partial<TraceFilter> = {}) => ({
  range,
  attributes,
  ...more,
});
const is = (key: string, value: string) => ({ key, op: '=' as const, value });

describe('a search by attribute finds what a look at every span finds', () => {
  test.each<[string, TraceFilter['attributes'], Partial<TraceFilter>, number]>([
    ['one span', [is('user', '41234')], {}, 1],
    ['the value of another attribute', [is('seven', '41234')], {}, 0],
    ['a value that nobody has', [is('user', 'nobody')], {}, 0],
    ['an empty value', [is('empty', ''), is('user', '8')], {}, 1],
    ['two of one span', [is('user', '7'), is('seven', 'yes')], {}, 1],
    ['two that no span has both of', [is('user', '8'), is('seven', 'yes')], {}, 0],
    ['of its resource', [is('host', 'host-3'), is('user', '11')], {}, 1],
    ['other than', [{ key: 'seven', op: '!=', value: 'no' }, is('user', '14')], {}, 1],
    ['there at all', [{ key: 'user', op: 'exists', value: '' }, is('user', '14')], {}, 1],
    ['of a service', [is('user', '14')], { service: 'service-1' }, 0],
    ['of traces that last', [is('user', '14')], { minDurationMs: 100 }, 1],
    ['of traces that do not last so long', [is('user', '14')], { minDurationMs: 5_000 }, 0],
    ['of traces without errors', [is('user', '14')], { status: 'ok' }, 1],
  ])('%s', async (_, attributes, more, expected) => {
    const filter = filterOf(attributes, more);
    const [newest, slowest] = await Promise.all([
      findTraces(store, filter, 'newest', 20),
      findTraces(store, filter, 'slowest', 20),
    ]);
    expect(newest).toHaveLength(expected);
    expect(slowest).toEqual(newest);
  });
});

test('granules that cannot hold the value are not read', async () => {
  const read = await Promise.all(['41234', 'nobody', 'nothing', 'none', 'no one'].map(rowsRead));
  expect(Math.max(...read)).toBeGreaterThan(0);
  expect(read.reduce((sum, rows) => sum + rows, 0)).toBeLessThan((read.length * SPANS) / 2);
});

async function rowsRead(value: string): Promise<number> {
  const { prefilter, params } = spanCondition(filterOf([is('user', value)]));
  const [row] = await store.query({
    name: 'estimate',
    sql: `SELECT sum(rows) AS rows FROM viewExplain('EXPLAIN ESTIMATE', '', (SELECT count() FROM spans PREWHERE ${prefilter}))`,
    params,
    row: z.object({ rows: z.number() }),
  });
  return row!.rows;
}
