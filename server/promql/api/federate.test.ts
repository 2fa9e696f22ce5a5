import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseProtoExposition } from '#server/decode/parse-proto-exposition.ts';
import { insertSeries } from '../testing/insert-series.ts';
import { loadSeries } from '../testing/memory-source.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

const START_MS = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000;
const NOW_MS = START_MS + 600_000;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ now: () => new Date(NOW_MS) });
  const series = loadSeries(
    `up{job="api",instance="a:1"} 1x10
     up{job="db"} 1x7 stale
     up{job="web"} 0x9
     up{job="gone"} 1x2
     big{text="say\\"hi\\""} 1x9 1234567.5
     took{job="n",instance="a:1"} 1 {{count:3 sum:4.5 buckets:[3]}}
     took{job="db",instance="b:1"} {{count:3 sum:4.5 buckets:[3]}} stale
     empty{job="n"} {{schema:2 count:0 counter_reset_hint:gauge}}
     custom{job="n"} {{schema:-53 count:3 sum:4.5 custom_values:[1 10] buckets:[1 0 2]}}
     {__name__="http.server.duration",le="+Inf"} NaN NaN NaN NaN NaN NaN NaN NaN NaN NaN`,
    60_000,
  );
  const moved = series.map((one) => ({
    ...one,
    timestamps: one.timestamps.map((ms) => ms + START_MS),
    // Fresh enough: a series that is not seen for five minutes is not federated.
    histograms: one.histograms && {
      ...one.histograms,
      timestamps: one.histograms.timestamps.map((ms) => ms + START_MS + 480_000),
    },
  }));
  // An end comes after what it ends.
  const ended = moved.find(({ labels, stale }) => labels.get('__name__') === 'took' && stale?.includes(1))!;
  ended.timestamps.fill(NOW_MS);
  await insertSeries(api.store, moved, 'federate');
});
afterAll(() => api?.stop());

/** What a Prometheus 2.42 that scrapes native histograms says that it takes. */
const ACCEPT =
  'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';

/** As a collector reads it. */
async function federateAsProto(selector: string, accept = ACCEPT) {
  const query = new URLSearchParams({ 'match[]': selector });
  const response = await fetch(`${api.url}/federate?${query.toString()}`, { headers: { accept } });
  expect(response.headers.get('content-type')).toBe(
    'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited',
  );
  const { families, points } = parseProtoExposition(new Uint8Array(await response.arrayBuffer()));
  return { types: Object.fromEntries([...families].map(([name, { type }]) => [name, type])), points };
}

async function federate(...selectors: string[]) {
  const query = new URLSearchParams(selectors.map((selector) => ['match[]', selector]));
  const response = await fetch(`${api.url}/federate?${query.toString()}`);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

test('the newest sample of each living series, with its own time', async () => {
  const { status, type, text } = await federate('up');
  expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  expect(text).toBe(
    [
      '# TYPE up untyped',
      `up{instance="a:1",job="api"} 1 ${NOW_MS}`,
      `up{job="web",instance=""} 0 ${NOW_MS - 60_000}`,
      '',
    ].join('\n'),
  );
});

test('a series that two selectors find comes once; families stand together', async () => {
  const { text } = await federate('{job=~"api|web"}', 'up{job="api"}', '{__name__=~"big|http.*"}');
  expect(text.split('\n').filter((line) => line.startsWith('#'))).toEqual([
    '# TYPE big untyped',
    '# TYPE "http.server.duration" untyped',
    '# TYPE up untyped',
  ]);
  expect(text).toContain(`big{text="say\\"hi\\"",instance=""} 1.2345675e+06 ${NOW_MS}\n`);
  expect(text).toContain(`{"http.server.duration",le="+Inf",instance=""} NaN ${NOW_MS - 60_000}\n`);
  expect(text.match(/job="api"/g)).toHaveLength(1);
});

test('of native histograms what this format can tell', async () => {
  const { text } = await federate('took');
  const at = START_MS + 60_000 + 480_000;
  expect(text).toBe(
    [
      '# TYPE took histogram',
      `took_bucket{instance="a:1",job="n",le="+Inf"} 3 ${at}`,
      `took_sum{instance="a:1",job="n"} 4.5 ${at}`,
      `took_count{instance="a:1",job="n"} 3 ${at}`,
      '',
    ].join('\n'),
  );
});

test('as protobuf, with native histograms whole', async () => {
  const { types, points } = await federateAsProto('{__name__=~"up|took|empty|custom|http.*"}');
  expect(types).toEqual({
    custom: 'histogram',
    empty: 'gaugehistogram',
    'http.server.duration': 'unknown',
    took: 'histogram',
    up: 'unknown',
  });
  const of = (name: string) => points.filter(({ series }) => series.name === name);
  expect(of('up').map(({ series, value, timestampMs }) => [series.labels, value, timestampMs])).toEqual([
    [
      [
        ['instance', 'a:1'],
        ['job', 'api'],
      ],
      1,
      NOW_MS,
    ],
    [
      [
        ['job', 'web'],
        ['instance', ''],
      ],
      0,
      NOW_MS - 60_000,
    ],
  ]);
  expect(of('took')).toMatchObject([
    {
      timestampMs: START_MS + 60_000 + 480_000,
      histogram: {
        schema: 0,
        count: 3,
        sum: 4.5,
        positive: { offset: 0, counts: [3] },
        negative: { counts: [] },
      },
    },
  ]);
  expect(of('empty')).toMatchObject([{ histogram: { schema: 2, count: 0, sum: 0, zeroCount: 0 } }]);
  expect(of('custom_bucket').map(({ series, value }) => [series.labels.at(-1), value])).toEqual([
    [['le', '1.0'], 1],
    [['le', '10.0'], 1],
    [['le', '+Inf'], 3],
  ]);
});

test.each([
  [
    'text/plain;version=0.0.4;q=0.9,application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.5',
  ],
  ['application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text'],
  ['*/*'],
])('as text where %s is asked for', async (accept) => {
  const response = await fetch(`${api.url}/federate?match[]=up`, { headers: { accept } });
  expect(await response.text()).toMatch(/^# TYPE up untyped\n/);
});

test('nothing asked, nothing found, and what is no selector', async () => {
  expect(await federate()).toMatchObject({ status: 200, text: '' });
  expect(await federate('missing')).toMatchObject({ status: 200, text: '' });
  const wrong = await federate('rate(up[5m])');
  expect([wrong.status, wrong.type]).toEqual([400, 'text/plain; charset=utf-8']);
  expect((await fetch(`${api.url}/federate`, { method: 'DELETE' })).status).toBe(405);
});
