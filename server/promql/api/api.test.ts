import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertSeries } from '../testing/insert-series.ts';
import { loadSeries } from '../testing/memory-source.ts';
import { hasPrometheus, PROMTOOL } from '../testing/peer-prometheus.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

/** A whole hour, not older than what is kept. */
const START_MS = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000;
const START_S = START_MS / 1000;
const NOW_S = START_S + 600;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ now: () => new Date(NOW_S * 1000) });
  const counters = loadSeries(
    `requests_total{job="api",code="200"} 0+60x10
     requests_total{job="api",code="500"} 0+6x10
     requests_total{job="db",code="200"} 0+30x5 stale`,
    60_000,
  );
  const gauges = loadSeries(
    `up{job="api"} 1x10
     up{job="db"} 1x5 0x4
     odd{dotted.name="x",which="a"} 1e21 1e-7 NaN -Inf 0.1 100000000 -0 5 5 5 1.5`.replace(
      'dotted.name',
      '"dotted.name"',
    ),
    60_000,
  );
  const shifted = (series: typeof counters) =>
    series.map((one) => ({ ...one, timestamps: one.timestamps.map((ms) => ms + START_MS) }));
  await insertSeries(api.store, shifted(counters), 'counters', 'counter');
  await insertSeries(api.store, shifted(gauges), 'gauges', 'gauge');
});
afterAll(() => api?.stop());

const promtool = async (...args: string[]) => (await promisify(execFile)(PROMTOOL, args)).stdout.trim();

type Params = Record<string, string | number> | [string, string][];

function encode(params: Params): URLSearchParams {
  return new URLSearchParams(
    Array.isArray(params) ? params : Object.entries(params).map(([name, value]) => [name, String(value)]),
  );
}

async function get(path: string, params: Params = {}): Promise<{ status: number; body: any; text: string }> {
  const response = await fetch(`${api.url}/api/v1/${path}?${encode(params).toString()}`);
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text), text };
}

describe('query', () => {
  test('a vector, byte for byte', async () => {
    const { status, text } = await get('query', { query: 'up{job="db"}', time: NOW_S + 0.25 });
    expect(status).toBe(200);
    expect(text).toBe(
      `{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"up","job":"db"},"value":[${NOW_S}.250,"0"]}]}}`,
    );
  });

  test.each([
    ['1 + 1', 'scalar', `[${NOW_S},"2"]`],
    ['"text"', 'string', `[${NOW_S},"text"]`],
    ['missing', 'vector', '[]'],
    ['vector(1e21)', 'vector', `[{"metric":{},"value":[${NOW_S},"1e+21"]}]`],
    ['vector(1e-7)', 'vector', `[{"metric":{},"value":[${NOW_S},"1e-07"]}]`],
    ['vector(NaN)', 'vector', `[{"metric":{},"value":[${NOW_S},"NaN"]}]`],
    ['vector(-Inf)', 'vector', `[{"metric":{},"value":[${NOW_S},"-Inf"]}]`],
    ['vector(123456789)', 'vector', `[{"metric":{},"value":[${NOW_S},"123456789"]}]`],
    [
      'up{job="db"}[2m]',
      'matrix',
      `[{"metric":{"__name__":"up","job":"db"},"values":[[${NOW_S - 60},"0"],[${NOW_S},"0"]]}]`,
    ],
  ])('%s', async (query, resultType, result) => {
    const { text } = await get('query', { query, time: NOW_S });
    expect(text).toBe(`{"status":"success","data":{"resultType":"${resultType}","result":${result}}}`);
  });

  test('now, when no time is named; RFC 3339 when one is; posted as a form', async () => {
    expect((await get('query', { query: 'time()' })).body.data.result[0]).toBe(NOW_S);
    const time = new Date(START_MS).toISOString();
    expect((await get('query', { query: 'time()', time })).body.data.result[1]).toBe(String(START_S));
    const posted = await fetch(`${api.url}/api/v1/query`, {
      method: 'POST',
      body: encode({ query: 'time()', time: START_S + 1 }),
    });
    expect(((await posted.json()) as any).data.result).toEqual([START_S + 1, String(START_S + 1)]);
  });

  test('what a series was before it ended, and not after', async () => {
    const query = 'requests_total{job="db"}';
    expect((await get('query', { query, time: START_S + 359 })).body.data.result).toHaveLength(1);
    expect((await get('query', { query, time: START_S + 361 })).body.data.result).toHaveLength(0);
  });

  test('warnings and infos say where', async () => {
    const { body } = await get('query', { query: 'rate(up[5m]) + quantile(2, up)', time: NOW_S });
    expect(body.infos).toEqual([
      'PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "up" (1:6)',
    ]);
    expect(body.warnings).toEqual(['PromQL warning: quantile value should be between 0 and 1, got 2 (1:25)']);
  });

  test('limit and stats', async () => {
    const { body } = await get('query', { query: 'up', time: NOW_S, limit: 1, stats: 'all' });
    expect(body.data.result).toHaveLength(1);
    expect(body.warnings).toEqual(['results truncated due to limit']);
    expect(body.data.stats.samples.totalQueryableSamples).toBe(10);
    const lookback = await get('query', { query: 'up', time: NOW_S + 90, lookback_delta: '1m' });
    expect(lookback.body.data.result).toEqual([]);
  });

  test.each([
    [
      'query',
      { query: 'sum(' },
      400,
      'bad_data',
      'invalid parameter "query": 1:5: parse error: unclosed left parenthesis',
    ],
    ['query', {}, 400, 'bad_data', 'invalid parameter "query": 1:1: parse error: no expression found in input'],
    [
      'query',
      { query: '1', time: 'x' },
      400,
      'bad_data',
      'invalid parameter "time": cannot parse "x" to a valid timestamp',
    ],
    [
      'query',
      { query: '1', timeout: 'x' },
      400,
      'bad_data',
      'invalid parameter "timeout": cannot parse "x" to a valid duration',
    ],
    [
      'query',
      { query: 'sum by (job) (up) * on (code) up' },
      422,
      'execution',
      /^found duplicate series for the match group/,
    ],
    ['query', { query: 'up{job=~"("}' }, 400, 'bad_data', /error parsing regexp: missing closing \)/],
    [
      'query_range',
      { query: 'up' },
      400,
      'bad_data',
      'invalid parameter "start": cannot parse "" to a valid timestamp',
    ],
    [
      'query_range',
      { query: 'up', start: 2, end: 1, step: 1 },
      400,
      'bad_data',
      'invalid parameter "end": end timestamp must not be before start time',
    ],
    [
      'query_range',
      { query: 'up', start: 1, end: 2, step: 0 },
      400,
      'bad_data',
      'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
    ],
    [
      'query_range',
      { query: 'up', start: 1, end: 2, step: 'x' },
      400,
      'bad_data',
      'invalid parameter "step": cannot parse "x" to a valid duration',
    ],
    [
      'query_range',
      { query: 'up', start: 0, end: 11_001, step: 1 },
      400,
      'bad_data',
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    ],
    [
      'query_range',
      { query: 'up[5m]', start: 1, end: 2, step: 1 },
      400,
      'bad_data',
      'invalid parameter "query": invalid expression type "range vector" for range query, must be Scalar or instant Vector',
    ],
    ['series', {}, 400, 'bad_data', 'no match[] parameter provided'],
    ['series', { 'match[]': '{' }, 400, 'bad_data', /^invalid parameter "match\[\]": 1:2: parse error/],
    ['labels', { start: 2, end: 1 }, 400, 'bad_data', /^invalid parameter "end"/],
    ['metadata', { limit: 'x' }, 400, 'bad_data', 'limit must be a number'],
    [
      'format_query',
      { query: '1 +' },
      400,
      'bad_data',
      'invalid parameter "query": 1:4: parse error: unexpected end of input',
    ],
  ])('%s %o is refused', async (path, params, status, errorType, error) => {
    const answer = await get(path, params as Params);
    expect(answer).toMatchObject({ status, body: { status: 'error', errorType } });
    if (typeof error === 'string') expect(answer.body.error).toBe(error);
    else expect(answer.body.error).toMatch(error);
  });
});

describe('query_range', () => {
  test('has a value at every step, both ends included', async () => {
    const { text } = await get('query_range', { query: 'up{job="db"}', start: NOW_S - 300, end: NOW_S, step: '2m' });
    const values = [`[${NOW_S - 300},"1"]`, `[${NOW_S - 180},"0"]`, `[${NOW_S - 60},"0"]`].join(',');
    expect(text).toBe(
      `{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"up","job":"db"},"values":[${values}]}]}}`,
    );
  });

  test('11,000 points are not too many, and come compressed when asked', async () => {
    const params = encode({ query: 'vector(time())', start: NOW_S, end: NOW_S + 10_999, step: 1 });
    const body = await new Promise<Buffer>((resolve, reject) => {
      const url = `${api.url}/api/v1/query_range?${params.toString()}`;
      httpRequest(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
        expect(response.headers['content-encoding']).toBe('gzip');
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)));
      })
        .on('error', reject)
        .end();
    });
    const { data } = JSON.parse(gunzipSync(body).toString()) as any;
    expect(data.result[0].values).toHaveLength(11_000);
    expect(data.result[0].values.at(-1)).toEqual([NOW_S + 10_999, String(NOW_S + 10_999)]);
  });
});

describe('lists', () => {
  test('series', async () => {
    const params: Params = [
      ['match[]', 'up{job="db"}'],
      ['match[]', 'requests_total{code=~"5.."}'],
    ];
    expect((await get('series', params)).body.data).toEqual([
      { __name__: 'requests_total', code: '500', job: 'api' },
      { __name__: 'up', job: 'db' },
    ]);
    const cut = await get('series', { 'match[]': '{__name__!=""}', limit: 2 });
    expect(cut.body.data).toHaveLength(2);
    expect(cut.body.warnings).toEqual(['results truncated due to limit']);
    expect((await get('series', { 'match[]': 'up', start: NOW_S + 7200, end: NOW_S + 7300 })).body.data).toEqual([]);
  });

  test('labels', async () => {
    expect((await get('labels')).body.data).toEqual(['__name__', 'code', 'dotted.name', 'job', 'which']);
    expect((await get('labels', { 'match[]': 'up' })).body.data).toEqual(['__name__', 'job']);
  });

  test.each([
    ['job', {}, ['api', 'db']],
    ['__name__', {}, ['odd', 'requests_total', 'up']],
    ['job', { 'match[]': 'requests_total{code="500"}' }, ['api']],
    ['U__dotted_2e_name', {}, ['x']],
    ['dotted.name', {}, ['x']],
    ['nothing', {}, []],
    ['__name__', { limit: 1 }, ['odd']],
  ])('values of %s %o', async (label, params, expected) => {
    expect((await get(`label/${label}/values`, params as Params)).body.data).toEqual(expected);
  });

  test('metadata', async () => {
    expect((await get('metadata')).body.data).toEqual({
      odd: [{ type: 'gauge', help: 'Help of odd.', unit: '' }],
      requests_total: [{ type: 'counter', help: 'Help of requests_total.', unit: '' }],
      up: [{ type: 'gauge', help: 'Help of up.', unit: '' }],
    });
    expect(Object.keys((await get('metadata', { limit: 1 })).body.data)).toEqual(['odd']);
    expect(Object.keys((await get('metadata', { metric: 'up' })).body.data)).toEqual(['up']);
  });
});

describe('the rest', () => {
  test('format_query', async () => {
    const query =
      'sum(rate(requests_total{job="api"}[5m])) by (code)/ignoring(code)group_left sum(rate(requests_total{job="api"}[5m]))>0.001';
    expect((await get('format_query', { query })).body.data).toBe(
      [
        '    sum by (code) (rate(requests_total{job="api"}[5m]))',
        '  / ignoring (code) group_left ()',
        '    sum(rate(requests_total{job="api"}[5m]))',
        '>',
        '  0.001',
      ].join('\n'),
    );
  });

  test('parse_query', async () => {
    const { body } = await get('parse_query', { query: 'sum(up @ end()) > bool 2' });
    expect(body.data).toMatchObject({
      type: 'binaryExpr',
      op: '>',
      bool: true,
      matching: null,
      lhs: { type: 'aggregation', op: 'sum', expr: { type: 'vectorSelector', name: 'up', startOrEnd: 'end' } },
      rhs: { type: 'numberLiteral', val: '2' },
    });
  });

  test('buildinfo, and what is not ours', async () => {
    expect((await get('status/buildinfo')).body.data.version).toMatch(/^3\./);
    expect((await fetch(`${api.url}/api/v1/nothing`)).status).toBe(404);
    expect((await fetch(`${api.url}/api/v1/metadata`, { method: 'DELETE' })).status).toBe(405);
  });

  test('a store that is away is an error of 503', async () => {
    const lost = await startTestApi();
    try {
      await lost.engine.kill();
      const response = await fetch(`${lost.url}/api/v1/query?query=up`);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({ status: 'error', errorType: 'unavailable' });
    } finally {
      await lost.stop();
    }
  });
});

describe.skipIf(!hasPrometheus())(
  `promtool${hasPrometheus() ? '' : " (skipped: install Debian's package prometheus)"}`,
  () => {
    test('query instant', async () => {
      const out = await promtool(
        'query',
        'instant',
        `--time=${NOW_S}`,
        api.url,
        'sum by (code) (rate(requests_total[5m]))',
      );
      expect(out.split('\n').toSorted()).toEqual([`{code="200"} => 1 @[${NOW_S}]`, `{code="500"} => 0.1 @[${NOW_S}]`]);
    });

    test('query range', async () => {
      const range = [`--start=${NOW_S - 60}`, `--end=${NOW_S}`, '--step=60s'];
      expect(await promtool('query', 'range', ...range, api.url, 'up{job="db"}')).toBe(
        `up{job="db"} =>\n0 @[${NOW_S - 60}]\n0 @[${NOW_S}]`,
      );
    });

    test('query series', async () => {
      const found = await promtool('query', 'series', `--start=${START_S}`, `--end=${NOW_S}`, '--match=up', api.url);
      expect(found.split('\n')).toEqual(['{__name__="up", job="api"}', '{__name__="up", job="db"}']);
    });

    test('query labels', async () => {
      const found = await promtool('query', 'labels', `--start=${START_S}`, `--end=${NOW_S}`, api.url, 'job');
      expect(found.split('\n')).toEqual(['api', 'db']);
    });

    test('and it says what our errors say', async () => {
      await expect(promtool('query', 'instant', api.url, 'sum(')).rejects.toThrow(
        '1:5: parse error: unclosed left parenthesis',
      );
    });
  },
);
