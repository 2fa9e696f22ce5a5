import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestEngine, type TestEngine } from '#server/engine/testing.ts';
import { createLog } from '#server/log.ts';
import { createStore, type Store } from './client.ts';
import { applySchema } from './migrate.ts';
import { readKeptShares } from './queries/kept-shares.ts';
import { makeSegment } from './testing.ts';

let engine: TestEngine;
let store: Store;
beforeAll(async () => {
  engine = await startTestEngine();
  store = createStore({ url: engine.url, database: 'rollups', log: createLog('test', 'silent') });
  await applySchema(store);
  // Two inserts, so that keys meet in several parts; 30 minutes of spans around midnight, one trace after another for 9 s each.
  for (const half of [0, 1]) {
    const segment = await makeSegment(engine.url, 'rollups', 'spans', 9_000, {
      timestamp: `toDateTime64(today(), 9, 'UTC') - INTERVAL 903 SECOND + INTERVAL (number * 2 + ${half}) * 100 MILLISECOND`,
      duration_ns: `toUInt64(exp(randNormal(15, 1, number)))`,
      trace_id: `MD5(toString(intDiv(number, 45)))`,
      service_name: `concat('service-', toString(number % 3))`,
      name: `concat('GET /', toString(number % 4))`,
      kind: `if(number % 2 = 0, 2, 3)`,
      status_code: `if(number % 20 = 0, 2, 0)`,
      http_response_status_code: `if(number % 20 = 0, 503, 200)`,
      peer_service: `if(number % 2 = 0, '', 'other')`,
      // Of traces 0 of 4 all were kept, of the others a half, a quarter, an eighth.
      trace_state: `['', 'ot=th:8', 'vendor=1,ot=rv:00000000000000;th:c', 'ot=th:e'][1 + intDiv(number, 45) % 4]`,
    });
    await store.insertRowBinary('spans', segment, `half-${half}`);
  }
});
afterAll(async () => {
  await store?.close();
  await engine?.stop();
});

describe('red_1m', () => {
  test('says what the spans say, for every operation, minute and status', async () => {
    const dimensions = 'minute, service_name, kind, name, http_response_status_code, peer_service';
    const fromSpans = `SELECT toStartOfMinute(timestamp) AS minute, service_name, kind, name, http_response_status_code, peer_service,
        sum(stands_for) AS n, count() AS recorded, sumIf(stands_for, status_code = 2) AS errors, sum(duration_ns * stands_for) AS total,
        max(duration_ns) AS slowest
      FROM (SELECT *, transform(trace_state, ['', 'ot=th:8', 'ot=th:e'], [1, 2, 8], 4) AS stands_for FROM spans)
      GROUP BY ${dimensions} ORDER BY ${dimensions}`;
    const fromRollup = `SELECT ${dimensions}, sum(count) AS n, sum(recorded) AS recorded, sum(errors) AS errors, sum(duration_ns_sum) AS total, max(duration_ns_max) AS slowest
      FROM red_1m GROUP BY ${dimensions} ORDER BY ${dimensions}`;
    const Row = z
      .object({ minute: z.string(), service_name: z.string(), n: z.number(), recorded: z.number(), errors: z.number() })
      .loose();
    const [expected, got] = await Promise.all(
      [fromSpans, fromRollup].map((sql) => store.query({ name: 'red', sql, row: Row })),
    );
    expect(got).toEqual(expected);
    expect(got!.length).toBeGreaterThan(300);
  });

  test('its quantiles are within one per cent of the exact ones', async () => {
    const [row] = await store.query({
      name: 'quantiles',
      sql: `SELECT (SELECT quantilesTDigestMerge(0.5, 0.95, 0.99)(duration_quantiles) FROM red_1m) AS sketch,
                   (SELECT quantilesExact(0.5, 0.95, 0.99)(duration_ns) FROM spans) AS exact`,
      row: z.object({ sketch: z.array(z.number()).length(3), exact: z.array(z.number()).length(3) }),
    });
    row!.exact.forEach((exact, i) => expect(Math.abs(row!.sketch[i]! / exact - 1)).toBeLessThan(0.01));
  });
});

describe('trace_times', () => {
  test('bounds every trace, and no trace loosely', async () => {
    const [row] = await store.query({
      name: 'bounds',
      sql: `SELECT count() AS traces, countIf(low <= first AND last <= high) AS held, max(last - first) AS longest, max(high - low) AS widest
        FROM (SELECT cityHash64(trace_id) AS trace_hash, toUnixTimestamp64Milli(min(timestamp)) AS first, toUnixTimestamp64Milli(max(timestamp)) AS last FROM spans GROUP BY trace_id) AS spans
        JOIN (SELECT trace_hash, toInt64(toUnixTimestamp(min(min_timestamp))) * 1000 AS low, toInt64(toUnixTimestamp(max(max_timestamp))) * 1000 AS high FROM trace_times GROUP BY trace_hash) AS bounds
        USING trace_hash`,
      row: z.object({ traces: z.number(), held: z.number(), longest: z.number(), widest: z.number() }),
    });
    expect(row).toMatchObject({ traces: 200, held: 200 });
    expect(row!.widest).toBeLessThanOrEqual(row!.longest + 2_000);
  });

  test('finds a trace that runs over midnight whole', async () => {
    const [row] = await store.query({
      name: 'over midnight',
      sql: `WITH (SELECT trace_id FROM spans GROUP BY trace_id HAVING uniqExact(toDate(timestamp)) = 2 LIMIT 1) AS id,
              (SELECT (min(min_timestamp), max(max_timestamp)) FROM trace_times WHERE trace_hash = cityHash64(id)) AS bounds
            SELECT count() AS found, (SELECT count() FROM trace_times WHERE trace_hash = cityHash64(id)) AS rows, (SELECT count() FROM spans WHERE trace_id = id) AS spans
            FROM spans WHERE trace_id = id AND timestamp BETWEEN bounds.1 AND bounds.2`,
      row: z.object({ found: z.number(), rows: z.number(), spans: z.number() }),
    });
    expect(row!.spans).toBe(90);
    expect(row!.found).toBe(90);
    expect(row!.rows).toBeGreaterThanOrEqual(2);
  });

  test('spans of a store with the index of before are found as well, and that index goes', async () => {
    await store.command('as before', 'DROP VIEW trace_times_of_spans');
    await store.command('as before', 'TRUNCATE TABLE trace_times');
    await store.command(
      'as before',
      'CREATE TABLE trace_index (trace_id FixedString(16)) ENGINE = MergeTree ORDER BY trace_id',
    );
    await applySchema(store);
    await applySchema(store);
    const [row] = await store.query({
      name: 'found',
      sql: `SELECT (SELECT count() FROM (SELECT DISTINCT trace_id FROM spans) WHERE cityHash64(trace_id) IN (SELECT trace_hash FROM trace_times)) AS found,
              (SELECT count() FROM system.tables WHERE database = currentDatabase() AND name LIKE 'trace_index%') AS old`,
      row: z.object({ found: z.number(), old: z.number() }),
    });
    expect(row).toEqual({ found: 200, old: 0 });
  });
});

describe('adjusted_count', () => {
  test('is right on the whole where it is no whole number, and one number for a trace', async () => {
    const segment = await makeSegment(engine.url, 'rollups', 'spans', 20_000, {
      timestamp: `toDateTime64(today(), 9, 'UTC') - INTERVAL 300 SECOND`,
      trace_id: `MD5(toString(intDiv(number, 2)))`,
      service_name: `'thirds'`,
      // A probability of 0.4: each stands for 2.5.
      trace_state: `'ot=th:99999999999998'`,
    });
    await store.insertRowBinary('spans', segment, 'thirds');
    const [row] = await store.query({
      name: 'adjusted',
      sql: `SELECT sum(n) / 20000 AS mean, min(a) AS low, max(b) AS high, countIf(a <> b) AS torn FROM (
        SELECT sum(adjusted_count) AS n, min(adjusted_count) AS a, max(adjusted_count) AS b FROM spans WHERE service_name = 'thirds' GROUP BY trace_id)`,
      row: z.object({ mean: z.number(), low: z.number(), high: z.number(), torn: z.number() }),
    });
    expect(row).toMatchObject({ low: 2, high: 3, torn: 0 });
    expect(Math.abs(row!.mean - 2.5)).toBeLessThan(0.05);
  });

  test('of each service it is known what share is here', async () => {
    const day = 86_400_000;
    const range = { fromMs: Date.now() - 2 * day, toMs: Date.now() + day };
    const shares = await readKeptShares(store, range);
    expect(shares.map(({ service }) => service).toSorted()).toEqual(['service-0', 'service-1', 'service-2', 'thirds']);
    const { keptShare } = shares.find(({ service }) => service === 'thirds')!;
    expect(keptShare).toBeCloseTo(0.4, 2);
    expect(await readKeptShares(store, range, 'thirds')).toEqual([{ service: 'thirds', keptShare }]);
    expect(await readKeptShares(store, range, 'nobody')).toEqual([]);
  });

  test('a store of before counts so from its next span on, and keeps what it has', async () => {
    const before = createStore({ url: engine.url, database: 'before', log: createLog('test', 'silent') });
    await applySchema(before);
    for (const sql of [
      `ALTER TABLE red_1m_of_spans MODIFY QUERY SELECT toStartOfMinute(toDateTime(timestamp, 'UTC')) AS minute, service_name, kind, name,
        http_response_status_code, peer_service, db_system_name, count() AS count, countIf(status_code = 2) AS errors,
        sum(duration_ns) AS duration_ns_sum, max(duration_ns) AS duration_ns_max, quantilesTDigestState(0.5, 0.95, 0.99)(duration_ns) AS duration_quantiles
        FROM spans GROUP BY minute, service_name, kind, name, http_response_status_code, peer_service, db_system_name`,
      ...['red_1h_of_red_1m', 'red_service_5m_of_red_1m'].map((view) => `DROP VIEW ${view}`),
      ...['red_1m', 'red_1h', 'red_service_5m'].map((table) => `ALTER TABLE ${table} DROP COLUMN recorded`),
      'ALTER TABLE spans DROP COLUMN adjusted_count',
      `CREATE MATERIALIZED VIEW red_service_5m_of_red_1m TO red_service_5m AS SELECT toStartOfFiveMinutes(minute) AS slot, service_name, kind,
        sum(red.count) AS count, sum(red.errors) AS failed, quantilesTDigestMergeState(0.5, 0.95, 0.99)(red.duration_quantiles) AS duration_quantiles
        FROM red_1m AS red GROUP BY slot, service_name, kind`,
      `CREATE MATERIALIZED VIEW red_1h_of_red_1m TO red_1h AS SELECT toStartOfHour(minute) AS hour, service_name, kind, name, peer_service, db_system_name,
        sum(red.count) AS count, sum(red.errors) AS failed, max(red.duration_ns_max) AS duration_ns_max,
        quantilesTDigestMergeState(0.5, 0.95, 0.99)(red.duration_quantiles) AS duration_quantiles
        FROM red_1m AS red GROUP BY hour, service_name, kind, name, peer_service, db_system_name`,
    ])
      await before.command('as before', sql);
    const insert = async (token: string) => {
      const columns = {
        timestamp: `toDateTime64(today(), 9, 'UTC')`,
        service_name: `'a'`,
        kind: '2',
        trace_state: `'ot=th:f'`,
      };
      await before.insertRowBinary('spans', await makeSegment(engine.url, 'before', 'spans', 10, columns), token);
    };
    await insert('one');
    await applySchema(before);
    await applySchema(before);
    await insert('two');
    for (const table of ['red_1m', 'red_service_5m', 'red_1h']) {
      const sql = `SELECT sum(count) AS n, sum(recorded) AS recorded FROM ${table}`;
      const rows = await before.query({ name: 'n', sql, row: z.object({ n: z.number(), recorded: z.number() }) });
      expect(rows, table).toEqual([{ n: 170, recorded: 10 }]);
    }
    await before.close();
  });
});
