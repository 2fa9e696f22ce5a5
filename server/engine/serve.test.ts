import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { ClickHouseError, ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestEngine, type TestEngine } from './testing.ts';

let engine: TestEngine;
let client: ClickHouseClient;
beforeAll(async () => {
  engine = await startTestEngine();
  client = createClient({ url: engine.url, log: { level: ClickHouseLogLevel.OFF } });
  await client.command({ query: 'CREATE DATABASE d' });
});
afterAll(async () => {
  await client?.close();
  await engine?.stop();
});

const post = (body: string | Buffer, query = '', headers: Record<string, string> = {}) =>
  fetch(`${engine.url}/${query}`, { method: 'POST', body: body as BodyInit, headers });
const ask = async (sql: string, query = '') => (await post(sql, query)).text();

describe('the official client', () => {
  test('pings, with and without a query', async () => {
    expect(await client.ping()).toMatchObject({ success: true });
    expect(await client.ping({ select: true })).toMatchObject({ success: true });
  });

  test('binds parameters of every kind exactly', async () => {
    const hard = `it's "\\"\t\n\r\0 \u0000 ünï 🚆 {a:String} %41 --`;
    const result = await client.query({
      query: `SELECT {text:String} AS text, {list:Array(String)} AS list, toString({n:Int64}) AS n, {at:DateTime64(3)} AS at,
        {pairs:Map(String, String)} AS pairs, {none:Nullable(String)} AS none, {name:Identifier} AS id FROM system.one`,
      query_params: {
        text: hard,
        list: [hard, '', "'"],
        n: '-9007199254740993',
        at: new Date(1_750_000_000_123),
        pairs: { "k'ey": hard },
        none: null,
        name: 'dummy',
      },
      format: 'JSONEachRow',
    });
    expect(await result.json()).toEqual([
      {
        text: hard,
        list: [hard, '', "'"],
        n: '-9007199254740993',
        at: '2025-06-15 15:06:40.123',
        pairs: { "k'ey": hard },
        none: null,
        id: 0,
      },
    ]);
  });

  test('inserts JSONEachRow, with defaults for what a row leaves out', async () => {
    await client.command({
      query: `CREATE TABLE d.json (a UInt32, b String DEFAULT 'none', c Map(String, String)) ENGINE = MergeTree ORDER BY a`,
    });
    await client.insert({
      table: 'd.json',
      values: [
        { a: 1, c: { k: "it's" } },
        { b: 'two', a: 2 },
      ],
      format: 'JSONEachRow',
    });
    expect(await ask('SELECT * FROM d.json ORDER BY a FORMAT JSONCompactEachRow')).toBe(
      `[1, "none", {"k":"it's"}]\n[2, "two", {}]\n`,
    );
  });

  test('inserts a RowBinary stream into the columns named, in their order', async () => {
    await client.command({
      query: 'CREATE TABLE d.binary (a UInt32, skipped String, b Float64) ENGINE = MergeTree ORDER BY a',
    });
    const rows = Readable.from(
      Array.from({ length: 200_000 }, (_, n) => binaryRow(n)),
      { objectMode: false },
    );
    const result = await client.exec({ query: 'INSERT INTO d.binary (b, a) FORMAT RowBinary', values: rows });
    result.stream.resume();
    await new Promise((resolve) => result.stream.once('end', resolve));
    expect(await ask('SELECT count(), sum(a), sum(b), max(skipped) FROM d.binary')).toBe(
      '200000\t19999900000\t9999950000\t\n',
    );
  });

  test('gets typed errors', async () => {
    const failing = (query: string) => client.query({ query }).then((result) => result.text());
    await expect(failing('SELECT nope')).rejects.toMatchObject({ code: '47', type: 'UNKNOWN_IDENTIFIER' });
    await expect(failing('SELECT (1')).rejects.toMatchObject({ code: '62', type: 'SYNTAX_ERROR' });
    await expect(failing('SELECT * FROM d.nope')).rejects.toBeInstanceOf(ClickHouseError);
    await expect(client.insert({ table: 'd.json', values: [{ a: 'x' }], format: 'JSONEachRow' })).rejects.toMatchObject(
      { type: 'CANNOT_PARSE_INPUT_ASSERTION_FAILED' },
    );
  });

  test('has its queries ended at max_execution_time, and the engine goes on', async () => {
    const started = performance.now();
    const query = 'SELECT sum(sipHash64(number)) FROM numbers(1e12)';
    await expect(
      client
        .query({ query, clickhouse_settings: { max_execution_time: 1, max_result_rows: '1' } })
        .then((r) => r.text()),
    ).rejects.toMatchObject({ code: '159' });
    await expect(
      client.query({ query, clickhouse_settings: { max_execution_time: 1 } }).then((r) => r.text()),
    ).rejects.toMatchObject({ code: '159' });
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(await ask('SELECT 1')).toBe('1\n');
  });

  test('streams a million rows, half a gigabyte, and the engine does not grow by them', async () => {
    const before = await engineRss();
    const result = await client.query({
      query: `SELECT number, repeat('x', 500) AS pad FROM numbers(1000000)`,
      format: 'JSONEachRow',
    });
    let rows = 0;
    let last = '';
    let grown = 0;
    for await (const batch of result.stream()) {
      rows += batch.length;
      last = batch.at(-1)!.text;
      if (rows % 10 === 0) grown = Math.max(grown, (await engineRss()) - before);
    }
    expect(rows).toBe(1_000_000);
    expect(JSON.parse(last)).toMatchObject({ number: 999999 });
    expect(grown).toBeLessThan(256 * 1024 ** 2);
  }, 60_000);

  test('sees a failure in the middle of a stream, rather than a shorter result', async () => {
    const query = `SELECT number, throwIf(number = 900000, 'too far') FROM numbers(1000000)`;
    const result = await client.query({ query, format: 'JSONEachRow', clickhouse_settings: { max_threads: 1 } });
    await expect(result.json()).rejects.toThrow('too far');
    expect(await ask('SELECT 1')).toBe('1\n');
  });

  test('speaks gzip both ways', async () => {
    const zipped = createClient({ url: engine.url, compression: { request: true, response: true } });
    await zipped.command({ query: 'CREATE TABLE d.zipped (a UInt32) ENGINE = MergeTree ORDER BY a' });
    await zipped.insert({ table: 'd.zipped', values: [{ a: 5 }], format: 'JSONEachRow' });
    const result = await zipped.query({
      query: "SELECT a, repeat('x', 1000) AS pad FROM d.zipped",
      format: 'JSONEachRow',
    });
    expect(await result.json()).toEqual([{ a: 5, pad: 'x'.repeat(1000) }]);
    await zipped.close();
  });
});

describe('the HTTP interface', () => {
  test('answers with the headers of ClickHouse', async () => {
    const response = await post('SELECT 1 AS a', '?query_id=mine&default_format=JSONEachRow');
    expect(await response.text()).toBe('{"a":1}\n');
    expect(response.headers.get('x-clickhouse-query-id')).toBe('mine');
    expect(response.headers.get('x-clickhouse-format')).toBe('JSONEachRow');
    expect(response.headers.get('content-type')).toContain('application/x-ndjson');
    expect(JSON.parse(response.headers.get('x-clickhouse-summary')!)).toMatchObject({ read_rows: '1' });
  });

  test.each([
    ['SELECT nope', 404, 47],
    ['SELEC 1', 400, 62],
    ['SELECT * FROM d.nope', 404, 60],
    ['SELECT 1 SETTINGS nope = 1', 404, 115],
    ['SELECT throwIf(1)', 500, 395],
    ["SELECT * FROM url('http://127.0.0.1:1', CSV)", 403, 497],
  ])('%j fails with status %i and code %i', async (sql, status, code) => {
    const response = await post(sql);
    expect(response.status).toBe(status);
    expect(response.headers.get('x-clickhouse-exception-code')).toBe(String(code));
    expect(await response.text()).toMatch(new RegExp(`^Code: ${code}\\. DB::Exception: .+ \\([A-Z_]+\\)\\n$`, 's'));
  });

  test('GET reads and does not write', async () => {
    expect(await (await fetch(`${engine.url}/?query=SELECT%201`)).text()).toBe('1\n');
    const response = await fetch(
      `${engine.url}/?query=${encodeURIComponent('CREATE TABLE d.x (a Int8) ENGINE = Memory')}`,
    );
    expect([response.status, await response.text()]).toEqual([500, expect.stringContaining('READONLY')]);
  });

  test('settings and the database of a request end with it', async () => {
    expect(await ask("SELECT getSetting('max_threads'), currentDatabase()", '?max_threads=7&database=d')).toBe(
      '7\td\n',
    );
    const after = await Promise.all(
      Array.from({ length: 20 }, () => ask("SELECT getSetting('max_threads') = 7, currentDatabase()")),
    );
    expect(new Set(after)).toEqual(new Set(['0\tdefault\n']));
  });

  test('parameters of requests at the same time do not mix', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => ask('SELECT {a:UInt32}, {b:String}', `?param_a=${n}&param_b=b${n}`)),
    );
    expect(answers).toEqual(Array.from({ length: 200 }, (_, n) => `${n}\tb${n}\n`));
  });

  test('a parameter that is missing is an error, also on a connection that has seen it', async () => {
    await ask('SELECT {secret:String}', '?param_secret=1');
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('SELECT {secret:String}')));
    for (const answer of answers) expect(answer).toContain('UNKNOWN_QUERY_PARAMETER');
  });

  test('a statement may be of many lines, with comments and a semicolon, and half in the URL', async () => {
    expect(await ask('-- question\nSELECT 1,\n  2 /* two */\n;\n')).toBe('1\t2\n');
    expect(await ask('3', '?query=SELECT%201%2B')).toBe('4\n');
  });

  test('an insert may carry its rows in the same text, and be compressed', async () => {
    await ask('CREATE TABLE d.inline (a UInt32) ENGINE = MergeTree ORDER BY a');
    await ask('INSERT INTO d.inline FORMAT TSV\n1\n2\n');
    await ask('INSERT INTO d.inline VALUES (3)');
    await ask('INSERT INTO d.inline SELECT 4');
    await post(gzipSync('5\n6\n'), '?query=INSERT+INTO+d.inline+FORMAT+TSV', { 'content-encoding': 'gzip' });
    expect(await ask('SELECT sum(a), count() FROM d.inline')).toBe('21\t6\n');
  });

  test.each([
    [{ origin: 'http://127.0.0.1:3000' }, 'web pages'],
    [{ 'sec-fetch-site': 'cross-site' }, 'web pages'],
  ])('%j is refused', async (headers, reason) => {
    const response = await post('SELECT 1', '', headers as Record<string, string>);
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining(reason)]);
  });

  test('a long parameter fits', async () => {
    const long = 'x'.repeat(500_000);
    expect(await ask('SELECT length({long:String})', `?param_long=${long}`)).toBe('500000\n');
  });

  test('a question whose asker has left is ended', async () => {
    const leaving = new AbortController();
    // Fewer than may run at once, so that there is room to ask about them.
    const questions = Array.from({ length: 6 }, () =>
      fetch(`${engine.url}/?max_execution_time=30`, {
        method: 'POST',
        body: 'SELECT sum(sipHash64(number)) FROM (SELECT number FROM numbers(1e12))',
        signal: leaving.signal,
      }).catch((error: Error) => error.name),
    );
    await vi.waitFor(async () => expect(Number(await running())).toBeGreaterThan(3), 20_000);
    leaving.abort();
    expect(new Set(await Promise.all(questions))).toEqual(new Set(['AbortError']));
    await vi.waitFor(async () => expect(await running()).toBe('0\n'), 20_000);
    // At any moment, also between being sent and having begun.
    const hasty = Array.from({ length: 40 }, (_, n) =>
      fetch(`${engine.url}/?max_execution_time=30`, {
        method: 'POST',
        body: 'SELECT sum(sipHash64(number)) FROM (SELECT number FROM numbers(1e12))',
        signal: AbortSignal.timeout(n),
      }).catch(() => undefined),
    );
    await Promise.all(hasty);
    await vi.waitFor(async () => expect(await running()).toBe('0\n'), 20_000);
    // Every connection that was cut off answers the next question.
    const next = await Promise.all(Array.from({ length: 12 }, (_, n) => ask('SELECT {n:UInt8}', `?param_n=${n}`)));
    expect(next).toEqual(Array.from({ length: 12 }, (_, n) => `${n}\n`));
  });

  test('a result beyond its bound is an error, not a piece of it', async () => {
    expect(await ask('SELECT number FROM numbers(100)', '?max_result_rows=10')).toContain('TOO_MANY_ROWS_OR_BYTES');
  });

  test('what a client leaves half-sent or half-read leaves nothing behind', async () => {
    await ask('CREATE TABLE d.half (a UInt32) ENGINE = MergeTree ORDER BY a');
    const abort = new AbortController();
    async function* never() {
      yield Buffer.from('1\n2\n');
      abort.abort();
      await new Promise((resolve) => setTimeout(resolve, 50));
      yield Buffer.from('3\n');
    }
    const sent = fetch(`${engine.url}/?query=INSERT+INTO+d.half+FORMAT+TSV`, {
      method: 'POST',
      body: never() as unknown as BodyInit,
      duplex: 'half',
      signal: abort.signal,
    } as RequestInit);
    await expect(sent).rejects.toThrow();
    // More than there are lanes, so that one that were kept would show.
    for (let n = 0; n < 20; n += 1) {
      const reading = new AbortController();
      const response = await fetch(`${engine.url}/`, {
        method: 'POST',
        body: 'SELECT number FROM numbers(100000000)',
        signal: reading.signal,
      });
      await response.body!.getReader().read();
      reading.abort();
    }
    expect(await ask('SELECT count() FROM d.half')).toBe('0\n');
  }, 60_000);
});

function binaryRow(n: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeDoubleLE(n / 2, 0);
  bytes.writeUInt32LE(n, 8);
  return bytes;
}

const running = () =>
  ask(
    `SELECT count() FROM system.processes WHERE query LIKE '%1e12%' AND NOT is_cancelled AND query NOT LIKE '%processes%'`,
  );

async function engineRss(): Promise<number> {
  const pages = await import('node:fs/promises').then((fs) => fs.readFile(`/proc/${engine.pid}/statm`, 'utf8'));
  return Number(pages.split(' ')[1]) * 4096;
}
